using System.ComponentModel;
using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Api.Users;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Addresses;

/// <summary><c>/api/v1/forwarded-addresses</c>.</summary>
internal static class ForwardedAddressEndpoints
{
    private const string One = "/{address:oid}";
    private const int MaxSearchLength = 320;

    public static void MapForwardedAddresses(this RouteGroupBuilder api)
    {
        var addresses = api.MapGroup("/forwarded-addresses").WithTags("Addresses");
        addresses.MapGet("/", ListAsync)
            .WithName("ListForwardedAddresses").WithSummary("Lists addresses without mailbox, whose mail goes elsewhere.");
        addresses.MapPost("/", CreateAsync).RequireAuthorization(ApiScopes.Write).AddEndpointFilter<IdempotencyFilter>()
            .WithName("CreateForwardedAddress").WithSummary("Makes a forwarded address.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        addresses.MapGet(One, GetAsync)
            .WithName("GetForwardedAddress").WithSummary("Reads a forwarded address.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        addresses.MapPatch(One, UpdateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("UpdateForwardedAddress").WithSummary("Changes a forwarded address.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        addresses.MapDelete(One, DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteForwardedAddress").WithSummary("Deletes a forwarded address.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<ForwardedAddressResponse>>, ValidationProblem>> ListAsync(
        [Description("Only addresses that begin so, dots and letter case left out of the comparison.")] string? search,
        [AsParameters] PageQuery page,
        ForwardedAddressStore addresses,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("search", search, MaxSearchLength);
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await addresses.ListAsync(search, page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<ForwardedAddressResponse>([.. found.Items.Select(ToResponse)], found.NextCursor));
    }

    private static async Task<Results<Created<ForwardedAddressResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateForwardedAddressRequest request, ForwardedAddressStore addresses, CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var result = await addresses.AddAsync(
            request.Address, request.Name, UserMapping.ToTargets(request.Targets), request.Forwards, cancellationToken);
        return result.Status switch
        {
            AddAddressStatus.InvalidAddress => FieldErrors.One("address", "Not an address that can be stored: a tag, a misplaced wildcard, or a missing part."),
            AddAddressStatus.Added when await addresses.GetAsync(result.Id, cancellationToken) is { } made =>
                TypedResults.Created($"/api/v1/forwarded-addresses/{made.Id}", ToResponse(made)),
            _ => ApiProblem.Conflict("Somebody has this address already; dots and letter case do not make a difference."),
        };
    }

    private static async Task<Results<Ok<ForwardedAddressResponse>, ProblemHttpResult>> GetAsync(
        ObjectId address, ForwardedAddressStore addresses, CancellationToken cancellationToken) =>
        await addresses.GetAsync(address, cancellationToken) is { } found
            ? TypedResults.Ok(ToResponse(found))
            : ApiProblem.NotFound("forwarded address");

    private static async Task<Results<Ok<ForwardedAddressResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId address,
        UpdateForwardedAddressRequest request,
        ForwardedAddressStore addresses,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await addresses.GetAsync(address, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("forwarded address");
        }

        audit.Before(ToResponse(found));
        var targets = request.Targets is { } given ? UserMapping.ToTargets(given) : null;
        return await addresses.UpdateAsync(address, request.Name, targets, request.Forwards, request.Disabled, cancellationToken) is { } changed
            ? TypedResults.Ok(ToResponse(changed))
            : ApiProblem.NotFound("forwarded address");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId address, ForwardedAddressStore addresses, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await addresses.GetAsync(address, cancellationToken) is { } found)
        {
            audit.Before(ToResponse(found));
        }

        return await addresses.RemoveAsync(address, cancellationToken) ? TypedResults.NoContent() : ApiProblem.NotFound("forwarded address");
    }

    private static ForwardedAddressResponse ToResponse(MailAddressEntry address) => new()
    {
        Id = address.Id.ToString(),
        Address = address.Address,
        Name = address.Name,
        Targets = [.. address.Targets.Select(target => target.Value)],
        Forwards = address.Forwards,
        Disabled = address.IsForwardingDisabled,
        Created = address.Created,
    };
}
