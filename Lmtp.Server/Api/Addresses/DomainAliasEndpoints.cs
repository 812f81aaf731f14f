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
    private const string One = "/{alias:oid}";
    private const int MaxDomainLength = 255;

    public static void MapDomainAliases(this RouteGroupBuilder api)
    {
        var aliases = api.MapGroup("/domain-aliases").WithTags("Addresses");
        aliases.MapGet("/", ListAsync)
            .WithName("ListDomainAliases").WithSummary("Lists domains whose addresses stand for those of another one.");
        aliases.MapPost("/", CreateAsync).RequireAuthorization(ApiScopes.Write).AddEndpointFilter<IdempotencyFilter>()
            .WithName("CreateDomainAlias").WithSummary("Makes a domain stand for another one.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        aliases.MapGet(One, GetAsync)
            .WithName("GetDomainAlias").WithSummary("Reads a domain alias.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        aliases.MapDelete(One, DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteDomainAlias").WithSummary("Deletes a domain alias.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<DomainAliasResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] PageQuery page, DomainAliasStore aliases, IOptions<ApiOptions> options, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await aliases.ListAsync(page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<DomainAliasResponse>([.. found.Items.Select(ToResponse)], found.NextCursor));
    }

    private static async Task<Results<Created<DomainAliasResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateDomainAliasRequest request, DomainAliasStore aliases, CancellationToken cancellationToken)
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

        return await aliases.AddAsync(request.Alias, request.Domain, cancellationToken) is { } made
            ? TypedResults.Created($"/api/v1/domain-aliases/{made.Id}", ToResponse(made))
            : ApiProblem.Conflict("This domain stands for another one already.");
    }

    private static async Task<Results<Ok<DomainAliasResponse>, ProblemHttpResult>> GetAsync(
        ObjectId alias, DomainAliasStore aliases, CancellationToken cancellationToken) =>
        await aliases.GetAsync(alias, cancellationToken) is { } found
            ? TypedResults.Ok(ToResponse(found))
            : ApiProblem.NotFound("domain alias");

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId alias, DomainAliasStore aliases, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await aliases.GetAsync(alias, cancellationToken) is { } found)
        {
            audit.Before(ToResponse(found));
        }

        return await aliases.RemoveAsync(alias, cancellationToken) ? TypedResults.NoContent() : ApiProblem.NotFound("domain alias");
    }

    private static void CheckDomain(FieldErrors errors, string field, string domain)
    {
        errors.Text(field, domain, MaxDomainLength);
        if (domain.Length == 0 || domain.Any(char.IsWhiteSpace) || domain.AsSpan().ContainsAny("@*/") || domain.StartsWith('.') || domain.EndsWith('.'))
        {
            errors.Add(field, "Not a domain.");
        }
    }

    private static DomainAliasResponse ToResponse(DomainAlias alias) => new(alias.Id.ToString(), alias.Alias, alias.Domain, alias.Created);
}
