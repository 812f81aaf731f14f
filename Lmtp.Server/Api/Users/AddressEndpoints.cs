using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Users;

/// <summary><c>/api/v1/users/{user}/addresses</c>.</summary>
internal static class AddressEndpoints
{
    private const string What = "address";

    public static void MapAddresses(this RouteGroupBuilder api)
    {
        var addresses = api.MapGroup("/users/{user:oid}/addresses").WithTags("Addresses")
            .ProducesProblem(StatusCodes.Status404NotFound);
        addresses.MapGet("/", ListAsync)
            .WithName("ListAddresses").WithSummary("Lists the addresses of a user.");
        addresses.MapPost("/", AddAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("AddAddress").WithSummary("Adds an address to a user.")
            .WithIdempotencyKey();
        var one = addresses.MapGroup("/{address:oid}");
        one.MapGet("/", GetAsync)
            .WithName("GetAddress").WithSummary("Reads an address of a user, with an entity tag.");
        one.MapPatch("/", UpdateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("UpdateAddress")
            .WithSummary("Names an address of a user, or makes it the main one; with If-Match, only if nobody else has changed it.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        one.MapDelete("/", DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteAddress").WithSummary("Takes an address from a user.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<IReadOnlyList<AddressResponse>>, ProblemHttpResult>> ListAsync(
        ObjectId user, UserStore users, AddressStore addresses, CancellationToken cancellationToken)
    {
        var owner = await users.GetAsync(user, cancellationToken);
        if (owner is null)
        {
            return ApiProblem.NotFound("user");
        }

        var found = await addresses.ListAsync(user, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<AddressResponse>>([.. found.Select(entry => entry.ToResponse(owner))]);
    }

    private static async Task<Results<Created<AddressResponse>, ValidationProblem, ProblemHttpResult>> AddAsync(
        ObjectId user,
        AddAddressRequest request,
        UserStore users,
        AddressStore addresses,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (request.Main && request.Address.Contains('*', StringComparison.Ordinal))
        {
            errors.Add("main", "A wildcard cannot be the main address.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var result = await addresses.AddAsync(user, request.Address, request.Name, request.Main, cancellationToken);
        switch (result.Status)
        {
            case AddAddressStatus.InvalidAddress:
                return FieldErrors.One("address", "Not an address that can be stored: a tag, a misplaced wildcard, or a missing part.");
            case AddAddressStatus.AddressTaken:
                return ApiProblem.Conflict("Somebody has this address already; dots and letter case do not make a difference.");
            case AddAddressStatus.UnknownUser:
                return ApiProblem.NotFound("user");
        }

        if (await FindAsync(user, result.Id, users, addresses, cancellationToken) is not var (owner, entry))
        {
            return ApiProblem.NotFound("user");
        }

        response.Headers.ETag = Tag(owner, entry);
        return TypedResults.Created($"/api/v1/users/{user}/addresses/{entry.Id}", entry.ToResponse(owner));
    }

    private static async Task<Results<Ok<AddressResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, ObjectId address, UserStore users, AddressStore addresses, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await FindAsync(user, address, users, addresses, cancellationToken) is not var (owner, entry))
        {
            return ApiProblem.NotFound(What);
        }

        response.Headers.ETag = Tag(owner, entry);
        return TypedResults.Ok(entry.ToResponse(owner));
    }

    private static async Task<Results<Ok<AddressResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        ObjectId address,
        UpdateAddressRequest request,
        UserStore users,
        AddressStore addresses,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (await FindAsync(user, address, users, addresses, cancellationToken) is not var (owner, entry))
        {
            return ApiProblem.NotFound(What);
        }

        if (request.Main == true && entry.Address.Contains('*', StringComparison.Ordinal))
        {
            errors.Add("main", "A wildcard cannot be the main address.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (!EntityTag.IsMatch(http.Request, Tag(owner, entry)))
        {
            return ApiProblem.PreconditionFailed(What);
        }

        var isConditional = EntityTag.IsConditional(http.Request);
        if (!await addresses.UpdateAsync(entry, request.Name, request.Main == true, isConditional, cancellationToken)
            || await FindAsync(user, address, users, addresses, cancellationToken) is not var (since, changed))
        {
            return ApiProblem.Lost(http.Request, What);
        }

        audit.Before(entry.ToResponse(owner));
        http.Response.Headers.ETag = Tag(since, changed);
        return TypedResults.Ok(changed.ToResponse(since));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user,
        ObjectId address,
        UserStore users,
        AddressStore addresses,
        AuditTrail audit,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(user, address, users, addresses, cancellationToken) is not var (owner, entry))
        {
            return ApiProblem.NotFound(What);
        }

        if (!EntityTag.IsMatch(request, Tag(owner, entry)))
        {
            return ApiProblem.PreconditionFailed(What);
        }

        audit.Before(entry.ToResponse(owner));
        return await addresses.RemoveAsync(entry, EntityTag.IsConditional(request), cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.Lost(request, What);
    }

    private static async Task<(MailUser Owner, MailAddressEntry Entry)?> FindAsync(
        ObjectId user, ObjectId address, UserStore users, AddressStore addresses, CancellationToken cancellationToken) =>
        await users.GetAsync(user, cancellationToken) is { } owner
        && await addresses.GetAsync(address, cancellationToken) is { } entry
        && entry.User == user
            ? (owner, entry)
            : null;

    private static string Tag(MailUser owner, MailAddressEntry entry) =>
        EntityTag.Of($"{MailAddressEntry.Revision.Of(entry.Document)} {owner.Address == entry.Address}");
}
