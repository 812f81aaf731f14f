using System.Security.Claims;
using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Keys;

/// <summary><c>/api/v1/keys</c>.</summary>
internal static class ApiKeyEndpoints
{
    private const string What = "API key";
    private const int MaxNameLength = 128;

    public static void MapApiKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("API keys").RequireAuthorization(ApiScopes.Admin);
        keys.MapGet("/", ListAsync)
            .WithName("ListApiKeys").WithSummary("Lists the API keys, revoked ones too, the newest first.");
        keys.MapPost("/", CreateAsync).WithIdempotencyKey()
            .WithName("CreateApiKey").WithSummary("Makes an API key, which is shown in this answer and never again.");
        keys.MapGet("/{key:oid}", GetAsync)
            .WithName("GetApiKey").WithSummary("Reads what is known of an API key, with an entity tag.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        keys.MapDelete("/{key:oid}", RevokeAsync)
            .WithName("RevokeApiKey").WithSummary("Revokes an API key at once and for ever.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static Task<Results<Ok<PageResponse<ApiKeyResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] PageQuery page, ApiKeyStore keys, IOptions<ApiOptions> options, CancellationToken cancellationToken) =>
        page.ToAnswerAsync(
            options.Value, new FieldErrors(), (cursor, size) => keys.ListAsync(cursor, size, cancellationToken), ToResponse);

    private static async Task<Results<Created<CreatedApiKeyResponse>, ValidationProblem>> CreateAsync(
        CreateApiKeyRequest request, ApiKeyStore keys, TimeProvider time, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var errors = Check(request, now);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var id = ObjectId.GenerateNewId(now.UtcDateTime);
        var (key, digest) = ApiKeySecret.Create(id);
        var record = new ApiKeyRecord
        {
            Id = id,
            Name = request.Name,
            Scope = request.Scope,
            Digest = digest,
            CreatedBy = caller.Identity?.Name ?? string.Empty,
            Created = now,
            Expires = request.Expires,
        };
        await keys.AddAsync(record, cancellationToken);
        return TypedResults.Created($"/api/v1/keys/{id}", new CreatedApiKeyResponse
        {
            Id = id.ToString(),
            Name = record.Name,
            Scope = record.Scope,
            CreatedBy = record.CreatedBy,
            Created = now,
            Expires = record.Expires,
            Key = key,
        });
    }

    private static async Task<Results<Ok<ApiKeyResponse>, ProblemHttpResult>> GetAsync(
        ObjectId key, ApiKeyStore keys, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await keys.GetAsync(key, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound(What);
        }

        response.Headers.ETag = Tag(found);
        return TypedResults.Ok(ToResponse(found));
    }

    /// <summary>The only change that a key knows is its end, so that one look at its state is enough.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        ObjectId key, ApiKeyStore keys, AuditTrail audit, HttpRequest request, CancellationToken cancellationToken)
    {
        if (EntityTag.IsConditional(request)
            && await keys.GetAsync(key, cancellationToken) is { } found
            && !EntityTag.IsMatch(request, Tag(found)))
        {
            return ApiProblem.PreconditionFailed(What);
        }

        if (await keys.RevokeAsync(key, cancellationToken) is not { } revoked)
        {
            return ApiProblem.NotFound("API key that is not revoked");
        }

        audit.Before(ToResponse(revoked) with { Revoked = null });
        audit.After(ToResponse(revoked));
        return TypedResults.NoContent();
    }

    private static FieldErrors Check(CreateApiKeyRequest request, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        errors.Text("name", request.Name, MaxNameLength);
        if (string.IsNullOrWhiteSpace(request.Name))
        {
            errors.Add("name", "May not be empty.");
        }

        if (!ApiScopes.All.Contains(request.Scope))
        {
            errors.Add("scope", $"One of {string.Join(", ", ApiScopes.All)}.");
        }

        if (request.Expires <= now)
        {
            errors.Add("expires", "Must be in the future.");
        }

        return errors;
    }

    private static string Tag(ApiKeyRecord key) => EntityTag.Of($"{key.Id} {key.Revoked?.ToUnixTimeMilliseconds()}");

    private static ApiKeyResponse ToResponse(ApiKeyRecord key) => new()
    {
        Id = key.Id.ToString(),
        Name = key.Name,
        Scope = key.Scope,
        CreatedBy = key.CreatedBy,
        Created = key.Created,
        Expires = key.Expires,
        Revoked = key.Revoked,
        LastUsed = key.LastUsed,
    };
}
