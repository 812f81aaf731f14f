using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Filters;

/// <summary><c>/api/v1/users/{user}/filters</c>.</summary>
internal static class FilterEndpoints
{
    private const string One = "/{filter:oid}";

    public static void MapFilters(this RouteGroupBuilder api)
    {
        var filters = api.MapGroup("/users/{user:oid}/filters").WithTags("Filters")
            .ProducesProblem(StatusCodes.Status404NotFound);
        filters.MapGet("/", ListAsync)
            .WithName("ListFilters").WithSummary("Lists the filters of a user in the order in which they are looked at.");
        filters.MapPost("/", CreateAsync).RequireAuthorization(ApiScopes.Write).WithIdempotencyKey()
            .WithName("CreateFilter").WithSummary("Makes a filter.");
        filters.MapPut("/order", ReorderAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("OrderFilters").WithSummary("Has the filters of a user looked at in this order.");
        filters.MapGet(One, GetAsync)
            .WithName("GetFilter").WithSummary("Reads a filter, with an entity tag.");
        filters.MapPut(One, ReplaceAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("ReplaceFilter").WithSummary("Replaces a filter; If-Match names the state of it that was seen.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        filters.MapDelete(One, DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteFilter").WithSummary("Deletes a filter.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<IReadOnlyList<FilterResponse>>, ProblemHttpResult>> ListAsync(
        ObjectId user, UserStore users, FilterEditor filters, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        var found = await filters.ListAsync(user, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<FilterResponse>>([.. found.Select(FilterMapping.ToResponse)]);
    }

    private static async Task<Results<Created<FilterResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        ObjectId user,
        FilterRequest request,
        UserStore users,
        MailboxStore mailboxes,
        FilterEditor filters,
        IOptionsMonitor<DeliveryOptions> options,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var errors = await FilterRules.CheckAsync(user, request, mailboxes, cancellationToken);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await users.GetAsync(user, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        var order = request.Order ?? await filters.LastOrderAsync(user, cancellationToken);
        var content = request.ToBson(order);
        if (await FilterCaps.CheckAsync(user, null, content, filters, options.CurrentValue, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var made = await filters.AddAsync(user, content, cancellationToken);
        response.Headers.ETag = Tag(made);
        return TypedResults.Created($"/api/v1/users/{user}/filters/{made["_id"]}", FilterMapping.ToResponse(made));
    }

    private static async Task<Results<Ok<FilterResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, ObjectId filter, FilterEditor filters, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await filters.GetAsync(user, filter, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("filter");
        }

        response.Headers.ETag = Tag(found);
        return TypedResults.Ok(FilterMapping.ToResponse(found));
    }

    private static async Task<Results<Ok<FilterResponse>, ValidationProblem, ProblemHttpResult>> ReplaceAsync(
        ObjectId user,
        ObjectId filter,
        FilterRequest request,
        MailboxStore mailboxes,
        FilterEditor filters,
        IOptionsMonitor<DeliveryOptions> options,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var errors = await FilterRules.CheckAsync(user, request, mailboxes, cancellationToken);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await filters.GetAsync(user, filter, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("filter");
        }

        if (!EntityTag.IsConditional(http.Request))
        {
            return ApiProblem.PreconditionRequired("filter");
        }

        var content = request.ToBson(request.Order ?? FilterMapping.OrderOf(found));
        if (await FilterCaps.CheckAsync(user, filter, content, filters, options.CurrentValue, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (!EntityTag.IsMatch(http.Request, Tag(found))
            || await filters.ReplaceAsync(found, content, cancellationToken) is not { } changed)
        {
            return ApiProblem.PreconditionFailed("filter");
        }

        audit.Before(FilterMapping.ToResponse(found));
        http.Response.Headers.ETag = Tag(changed);
        return TypedResults.Ok(FilterMapping.ToResponse(changed));
    }

    private static async Task<Results<Ok<IReadOnlyList<FilterResponse>>, ValidationProblem, ProblemHttpResult>> ReorderAsync(
        ObjectId user,
        FilterOrderRequest request,
        UserStore users,
        FilterEditor filters,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        var found = await filters.ListAsync(user, cancellationToken);
        var known = found.Select(document => document["_id"].ToString()!).ToList();
        if (!request.Filters.Order(StringComparer.Ordinal).SequenceEqual(known.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            return FieldErrors.One("filters", "These are not all filters of the user, each once.");
        }

        audit.Before(known);
        audit.After(request.Filters);
        await filters.ReorderAsync(user, [.. request.Filters.Select(ObjectId.Parse)], cancellationToken);
        found = await filters.ListAsync(user, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<FilterResponse>>([.. found.Select(FilterMapping.ToResponse)]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user, ObjectId filter, FilterEditor filters, AuditTrail audit, HttpRequest request, CancellationToken cancellationToken)
    {
        var found = await filters.GetAsync(user, filter, cancellationToken);
        if (Precondition.Refuses(request, "filter", found, Tag, out var refusal))
        {
            return refusal;
        }

        audit.Before(FilterMapping.ToResponse(found));
        return await filters.RemoveAsync(found, EntityTag.IsConditional(request), cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.Lost(request, "filter");
    }

    private static string Tag(BsonDocument filter) => EntityTag.Of(FilterEditor.StateOf(filter));
}
