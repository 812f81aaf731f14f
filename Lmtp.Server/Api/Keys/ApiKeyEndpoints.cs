using System.Security.Claims;
using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
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
    private const int MaxNameLength = 128;

    public static void MapApiKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("API keys").RequireAuthorization(ApiScopes.Admin);
        keys.MapGet("/", ListAsync)
            .WithName("ListApiKeys").WithSummary("Lists the API keys, revoked ones too, the newest first.");
        keys.MapPost("/", CreateAsync)
            .WithName("CreateApiKey").WithSummary("Makes an API key, which is shown in this answer and never again.");
        keys.MapGet("/{key:oid}", GetAsync)
            .WithName("GetApiKey").WithSummary("Reads what is known of an API key.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        keys.MapDelete("/{key:oid}", RevokeAsync)
            .WithName("RevokeApiKey").WithSummary("Revokes an API key at once and for ever.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<ApiKeyResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] PageQuery page, ApiKeyStore keys, IOptions<ApiOptions> options, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await keys.ListAsync(page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<ApiKeyResponse>([.. found.Items.Select(ToResponse)], found.NextCursor));
    }

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
        ObjectId key, ApiKeyStore keys, CancellationToken cancellationToken) =>
        await keys.GetAsync(key, cancellationToken) is { } found
            ? TypedResults.Ok(ToResponse(found))
            : ApiProblem.NotFound("API key");

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        ObjectId key, ApiKeyStore keys, AuditTrail audit, CancellationToken cancellationToken)
    {
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
