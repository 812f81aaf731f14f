using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Deliveries;
using Lmtp.Server.Api.Filters;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Delivery.Explain;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Explain;

/// <summary>
/// <c>/api/v1/users/{user}/explain</c> and <c>/filters/try</c>: what would become of messages, and why. Nothing is stored.
/// </summary>
internal static class ExplainEndpoints
{
    private const int DefaultCount = 20;
    private const int MaxCount = 100;
    private const int MaxAddress = 320;

    public static void MapExplain(this RouteGroupBuilder api)
    {
        var user = api.MapGroup("/users/{user:oid}").WithTags("Filters").WithMetadata(new NotAudited())
            .ProducesProblem(StatusCodes.Status404NotFound);
        user.MapPost("/explain", ExplainAsync)
            .WithName("ExplainMessage").WithSummary("Says what would become of a message for a user, and why, without storing it.");
        user.MapPost("/filters/try", TryAsync)
            .WithName("TryFilter").WithSummary("Tries a filter on the last messages of a user, without saving it.");
    }

    private static async Task<Results<Ok<DeliveryResponse>, ValidationProblem, ProblemHttpResult>> ExplainAsync(
        ObjectId user,
        ExplainRequest request,
        UserStore users,
        MessageExplanation explanation,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await users.GetAsync(user, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        var message = request.Raw is { } raw
            ? new ExplainedMessage(raw, request.Sender ?? string.Empty, time.GetUtcNow())
            : await explanation.FindAsync(user, ObjectId.Parse(request.Message), cancellationToken);
        if (message is null)
        {
            return ApiProblem.NotFound("message");
        }

        message = message with
        {
            Sender = request.Sender ?? message.Sender,
            Recipient = request.Recipient ?? message.Recipient,
            OriginalRecipient = request.OriginalRecipient,
        };
        return await explanation.ExplainAsync(user, message, null, cancellationToken) is { } record
            ? TypedResults.Ok(record.ToResponse())
            : FieldErrors.One("recipient", "must be an address of this user");
    }

    private static async Task<Results<Ok<IReadOnlyList<TriedMessageResponse>>, ValidationProblem, ProblemHttpResult>> TryAsync(
        ObjectId user,
        TryFilterRequest request,
        UserStore users,
        MailboxStore mailboxes,
        FilterEditor filters,
        FilterTrial trial,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Range("count", request.Count, 1, MaxCount);
        if (request.Id is not null && !ObjectId.TryParse(request.Id, out _))
        {
            errors.Add("id", "Must be 24 hexadecimal digits.");
        }

        errors.AddAll("filter", await FilterRules.CheckAsync(user, request.Filter, mailboxes, cancellationToken));
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await users.GetAsync(user, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        var id = ObjectId.TryParse(request.Id, out var given) ? given : ObjectId.GenerateNewId();
        var replaced = await filters.GetAsync(user, id, cancellationToken);
        if (request.Id is not null && replaced is null)
        {
            return ApiProblem.NotFound("filter");
        }

        var order = request.Filter.Order
            ?? (replaced is null ? await filters.LastOrderAsync(user, cancellationToken) : FilterMapping.OrderOf(replaced));
        var filter = FilterStore.ToFilter(request.Filter.ToBson(order).Add("_id", id));
        var tried = await trial.RunAsync(user, filter, request.Count ?? DefaultCount, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<TriedMessageResponse>>(
            [.. tried.Select(entry => TriedMessageMapping.ToResponse(entry.Message, entry.Record, filter.Id))]);
    }

    private static FieldErrors Check(ExplainRequest request)
    {
        var errors = new FieldErrors();
        if ((request.Message is null) == (request.Raw is null))
        {
            errors.Add("message", "is required when raw is not given, and not allowed with it");
        }
        else if (request.Message is { } id && !ObjectId.TryParse(id, out _))
        {
            errors.Add("message", "must be 24 hexadecimal digits");
        }

        errors.Text("sender", request.Sender, MaxAddress);
        errors.Text("recipient", request.Recipient, MaxAddress);
        errors.Text("originalRecipient", request.OriginalRecipient, MaxAddress);
        if (request.Recipient is { } recipient && (recipient.IndexOf('@', StringComparison.Ordinal) <= 0 || recipient.EndsWith('@')))
        {
            errors.Add("recipient", "must be a mail address");
        }

        return errors;
    }
}
