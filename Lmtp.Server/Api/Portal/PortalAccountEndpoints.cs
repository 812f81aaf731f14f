using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage.Portal;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Api.Portal;

/// <summary><c>/api/v1/portal/accounts</c>: for the portal, and for nobody else.</summary>
internal static class PortalAccountEndpoints
{
    private const string One = "/{account:oid}";

    public static void MapPortalAccounts(this RouteGroupBuilder portal)
    {
        var accounts = portal.MapGroup("/accounts").WithTags("Portal");
        accounts.MapGet("/", ListAsync)
            .WithName("ListPortalAccounts").WithSummary("Lists the accounts of the portal.");
        accounts.MapGet("/by-name/{normalizedName}", GetByNameAsync)
            .WithName("GetPortalAccountByName").WithSummary("Reads an account by its name as it is compared.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        accounts.MapGet(One, GetAsync)
            .WithName("GetPortalAccount").WithSummary("Reads an account.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        accounts.MapPost("/", AddAsync).WithIdempotencyKey()
            .WithName("AddPortalAccount").WithSummary("Adds an account.");
        accounts.MapPut(One, ReplaceAsync)
            .WithName("ReplacePortalAccount").WithSummary("Replaces an account of the version that is given.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        accounts.MapDelete(One, DeleteAsync)
            .WithName("DeletePortalAccount").WithSummary("Deletes an account.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<IReadOnlyList<PortalAccount>>> ListAsync(
        PortalAccountStore accounts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await accounts.ListAsync(cancellationToken));

    private static async Task<Results<Ok<PortalAccount>, ProblemHttpResult>> GetByNameAsync(
        string normalizedName, PortalAccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.GetByNameAsync(normalizedName, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : ApiProblem.NotFound("account");

    private static async Task<Results<Ok<PortalAccount>, ProblemHttpResult>> GetAsync(
        ObjectId account, PortalAccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.GetAsync(account, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : ApiProblem.NotFound("account");

    private static async Task<Results<Created<PortalAccount>, ValidationProblem, ProblemHttpResult>> AddAsync(
        PortalAccount request, PortalAccountStore accounts, CancellationToken cancellationToken)
    {
        var errors = PortalRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await accounts.AddAsync(request, cancellationToken) is { } added
            ? TypedResults.Created($"/api/v1/portal/accounts/{added.Id}", added)
            : NameTaken();
    }

    private static async Task<Results<Ok<PortalAccount>, ValidationProblem, ProblemHttpResult>> ReplaceAsync(
        ObjectId account, PortalAccount request, PortalAccountStore accounts, AuditTrail audit, CancellationToken cancellationToken)
    {
        var errors = PortalRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await accounts.GetAsync(account, cancellationToken) is { } found)
        {
            audit.Before(found);
            if (IsSignIn(found, request))
            {
                audit.Nothing();
            }
        }

        try
        {
            return await accounts.ReplaceAsync(request with { Id = account.ToString() }, cancellationToken) is { } changed
                ? TypedResults.Ok(changed)
                : ApiProblem.Conflict("The account was changed or deleted in the meantime.");
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return NameTaken();
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId account, PortalAccountStore accounts, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await accounts.GetAsync(account, cancellationToken) is { } found)
        {
            audit.Before(found);
        }

        return await accounts.DeleteAsync(account, cancellationToken) ? TypedResults.NoContent() : ApiProblem.NotFound("account");
    }

    /// <summary>Whether somebody only signed in, or failed to: the account counts that by itself. Being locked out is more.</summary>
    private static bool IsSignIn(PortalAccount before, PortalAccount after) =>
        (after.LockoutEnd is null || after.LockoutEnd == before.LockoutEnd)
        && before == after with
        {
            Id = before.Id,
            LastSignIn = before.LastSignIn,
            AccessFailedCount = before.AccessFailedCount,
            LockoutEnd = before.LockoutEnd,
            Created = before.Created,
            Version = before.Version,
        };

    private static ProblemHttpResult NameTaken() => ApiProblem.Conflict("Another account has this name.");
}
