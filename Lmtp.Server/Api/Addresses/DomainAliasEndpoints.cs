using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Addresses;

/// <summary><c>/api/v1/domain-aliases</c>.</summary>
internal static class DomainAliasEndpoints
{
    private const string What = "domain alias";
    private const int MaxDomainLength = 255;

    public static void MapDomainAliases(this RouteGroupBuilder api)
    {
        var aliases = api.MapGroup("/domain-aliases").WithTags("Addresses");
        aliases.MapGet("/", ListAsync)
            .WithName("ListDomainAliases").WithSummary("Lists domains whose addresses stand for those of another one.");
        aliases.MapPost("/", CreateAsync).RequireAuthorization(ApiScopes.Write).WithIdempotencyKey()
            .WithName("CreateDomainAlias").WithSummary("Makes a domain stand for another one.");
        var one = aliases.MapGroup("/{alias:oid}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/", GetAsync)
            .WithName("GetDomainAlias").WithSummary("Reads a domain alias, with an entity tag.");
        one.MapDelete("/", DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteDomainAlias").WithSummary("Deletes a domain alias.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static Task<Results<Ok<PageResponse<DomainAliasResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] PageQuery page, DomainAliasStore aliases, IOptions<ApiOptions> options, CancellationToken cancellationToken) =>
        page.ToAnswerAsync(
            options.Value, new FieldErrors(), (cursor, size) => aliases.ListAsync(cursor, size, cancellationToken), ToResponse);

    private static async Task<Results<Created<DomainAliasResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateDomainAliasRequest request, DomainAliasStore aliases, HttpResponse response, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        CheckDomain(errors, "alias", request.Alias);
        CheckDomain(errors, "domain", request.Domain);
        if (request.Alias.Equals(request.Domain, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("alias", "A domain cannot stand for itself.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await aliases.AddAsync(request.Alias, request.Domain, cancellationToken) is not { } made)
        {
            return ApiProblem.Conflict("This domain stands for another one already.");
        }

        response.Headers.ETag = Tag(made);
        return TypedResults.Created($"/api/v1/domain-aliases/{made.Id}", ToResponse(made));
    }

    private static async Task<Results<Ok<DomainAliasResponse>, ProblemHttpResult>> GetAsync(
        ObjectId alias, DomainAliasStore aliases, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await aliases.GetAsync(alias, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound(What);
        }

        response.Headers.ETag = Tag(found);
        return TypedResults.Ok(ToResponse(found));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId alias, DomainAliasStore aliases, AuditTrail audit, HttpRequest request, CancellationToken cancellationToken)
    {
        var found = await aliases.GetAsync(alias, cancellationToken);
        if (Precondition.Refuses(request, What, found, Tag, out var refusal))
        {
            return refusal;
        }

        audit.Before(ToResponse(found));
        return await aliases.RemoveAsync(alias, cancellationToken) ? TypedResults.NoContent() : ApiProblem.NotFound(What);
    }

    private static void CheckDomain(FieldErrors errors, string field, string domain)
    {
        errors.Text(field, domain, MaxDomainLength);
        if (domain.Length == 0 || domain.Any(char.IsWhiteSpace) || domain.AsSpan().ContainsAny("@*/") || domain.StartsWith('.') || domain.EndsWith('.'))
        {
            errors.Add(field, "Not a domain.");
        }
    }

    private static string Tag(DomainAlias alias) => EntityTag.Of($"{alias.Alias} {alias.Domain}");

    private static DomainAliasResponse ToResponse(DomainAlias alias) => new(alias.Id.ToString(), alias.Alias, alias.Domain, alias.Created);
}
