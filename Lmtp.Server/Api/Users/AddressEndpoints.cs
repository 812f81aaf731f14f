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
    public static void MapAddresses(this RouteGroupBuilder api)
    {
        var addresses = api.MapGroup("/users/{user:oid}/addresses").WithTags("Addresses")
            .ProducesProblem(StatusCodes.Status404NotFound);
        addresses.MapGet("/", ListAsync)
            .WithName("ListAddresses").WithSummary("Lists the addresses of a user.");
        addresses.MapPost("/", AddAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("AddAddress").WithSummary("Adds an address to a user.")
            .AddEndpointFilter<IdempotencyFilter>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        addresses.MapPatch("/{address:oid}", UpdateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("UpdateAddress").WithSummary("Names an address of a user, or makes it the main one.");
        addresses.MapDelete("/{address:oid}", DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteAddress").WithSummary("Takes an address from a user.");
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

        var owner = await users.GetAsync(user, cancellationToken);
        var entry = await addresses.GetAsync(result.Id, cancellationToken);
        return owner is null || entry is null
            ? ApiProblem.NotFound("user")
            : TypedResults.Created($"/api/v1/users/{user}/addresses/{entry.Id}", entry.ToResponse(owner));
    }

    private static async Task<Results<Ok<AddressResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        ObjectId address,
        UpdateAddressRequest request,
        UserStore users,
        AddressStore addresses,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (await users.GetAsync(user, cancellationToken) is not { } owner
            || await addresses.GetAsync(address, cancellationToken) is not { } entry
            || entry.User != user)
        {
            return ApiProblem.NotFound("address");
        }

        if (request.Main == true && entry.Address.Contains('*', StringComparison.Ordinal))
        {
            errors.Add("main", "A wildcard cannot be the main address.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        audit.Before(entry.ToResponse(owner));
        await addresses.UpdateAsync(entry, request.Name, request.Main == true, cancellationToken);
        return await users.GetAsync(user, cancellationToken) is { } since && await addresses.GetAsync(address, cancellationToken) is { } changed
            ? TypedResults.Ok(changed.ToResponse(since))
            : ApiProblem.NotFound("address");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user, ObjectId address, UserStore users, AddressStore addresses, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is { } owner
            && await addresses.GetAsync(address, cancellationToken) is { } entry
            && entry.User == user)
        {
            audit.Before(entry.ToResponse(owner));
        }

        return await addresses.RemoveAsync(user, address, cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.NotFound("address");
    }
}
