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
    private const string What = "forwarded address";
    private const int MaxSearchLength = 320;

    public static void MapForwardedAddresses(this RouteGroupBuilder api)
    {
        var addresses = api.MapGroup("/forwarded-addresses").WithTags("Addresses");
        addresses.MapGet("/", ListAsync)
            .WithName("ListForwardedAddresses").WithSummary("Lists addresses without mailbox, whose mail goes elsewhere.");
        addresses.MapPost("/", CreateAsync).RequireAuthorization(ApiScopes.Write).WithIdempotencyKey()
            .WithName("CreateForwardedAddress").WithSummary("Makes a forwarded address.");
        var one = addresses.MapGroup("/{address:oid}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/", GetAsync)
            .WithName("GetForwardedAddress").WithSummary("Reads a forwarded address, with an entity tag.");
        one.MapPatch("/", UpdateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("UpdateForwardedAddress")
            .WithSummary("Changes a forwarded address; with If-Match, only if nobody else has in the meantime.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        one.MapDelete("/", DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteForwardedAddress").WithSummary("Deletes a forwarded address.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static Task<Results<Ok<PageResponse<ForwardedAddressResponse>>, ValidationProblem>> ListAsync(
        [Description("Only addresses that begin so, dots and letter case left out of the comparison.")] string? search,
        [AsParameters] PageQuery page,
        ForwardedAddressStore addresses,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("search", search, MaxSearchLength);
        return page.ToAnswerAsync(
            options.Value, errors, (cursor, size) => addresses.ListAsync(search, cursor, size, cancellationToken), ToResponse);
    }

    private static async Task<Results<Created<ForwardedAddressResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateForwardedAddressRequest request, ForwardedAddressStore addresses, HttpResponse response, CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var result = await addresses.AddAsync(
            request.Address, request.Name, UserMapping.ToTargets(request.Targets), request.Forwards, cancellationToken);
        if (result.Status == AddAddressStatus.InvalidAddress)
        {
            return FieldErrors.One("address", "Not an address that can be stored: a tag, a misplaced wildcard, or a missing part.");
        }

        if (result.Status != AddAddressStatus.Added || await addresses.GetAsync(result.Id, cancellationToken) is not { } made)
        {
            return ApiProblem.Conflict("Somebody has this address already; dots and letter case do not make a difference.");
        }

        response.Headers.ETag = Tag(made);
        return TypedResults.Created($"/api/v1/forwarded-addresses/{made.Id}", ToResponse(made));
    }

    private static async Task<Results<Ok<ForwardedAddressResponse>, ProblemHttpResult>> GetAsync(
        ObjectId address, ForwardedAddressStore addresses, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await addresses.GetAsync(address, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound(What);
        }

        response.Headers.ETag = Tag(found);
        return TypedResults.Ok(ToResponse(found));
    }

    private static async Task<Results<Ok<ForwardedAddressResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId address,
        UpdateForwardedAddressRequest request,
        ForwardedAddressStore addresses,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await addresses.GetAsync(address, cancellationToken);
        if (Precondition.Refuses(http.Request, What, found, Tag, out var refusal))
        {
            return refusal;
        }

        var targets = request.Targets is { } given ? UserMapping.ToTargets(given) : null;
        var changes = new ForwardedAddressChanges(request.Name, targets, request.Forwards, request.Disabled);
        if (await addresses.UpdateAsync(found, changes, EntityTag.IsConditional(http.Request), cancellationToken) is not { } changed)
        {
            return ApiProblem.Lost(http.Request, What);
        }

        audit.Before(ToResponse(found));
        http.Response.Headers.ETag = Tag(changed);
        return TypedResults.Ok(ToResponse(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId address, ForwardedAddressStore addresses, AuditTrail audit, HttpRequest request, CancellationToken cancellationToken)
    {
        var found = await addresses.GetAsync(address, cancellationToken);
        if (Precondition.Refuses(request, What, found, Tag, out var refusal))
        {
            return refusal;
        }

        audit.Before(ToResponse(found));
        return await addresses.RemoveAsync(found, EntityTag.IsConditional(request), cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.Lost(request, What);
    }

    private static string Tag(MailAddressEntry address) => EntityTag.Of(MailAddressEntry.Revision.Of(address.Document));

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
