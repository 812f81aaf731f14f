using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary>Changes of many messages of <c>/api/v1/users/{user}/mailboxes/{mailbox}/messages</c> at once.</summary>
internal static class BulkChangeEndpoints
{
    public static void MapBulkChanges(this RouteGroupBuilder api)
    {
        var messages = api.MapGroup("/users/{user:oid}/mailboxes/{mailbox:oid}/messages").WithTags("Messages")
            .RequireAuthorization(ApiScopes.Write)
            .ProducesProblem(StatusCodes.Status404NotFound);
        messages.MapPost("/flags", UpdateAsync)
            .WithName("UpdateMessages").WithSummary("Sets flags of many messages of a mailbox, or takes them away.");
        messages.MapPost("/move", MoveAsync)
            .WithName("MoveMessages").WithSummary("Moves many messages of a mailbox to another one, where they have new ids and UIDs.");
        messages.MapPost("/delete", DeleteAsync)
            .WithName("DeleteMessages").WithSummary("Deletes many messages of a mailbox; all but drafts stay in the archive for a while.");
    }

    private static async Task<Results<Ok<BulkChangeResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        ObjectId mailbox,
        UpdateMessagesRequest request,
        MailboxStore mailboxes,
        BulkChanges bulk,
        AuditTrail audit,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var ids = BulkRules.Ids(request.Messages, options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await mailboxes.GetAsync(user, mailbox, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("mailbox");
        }

        var changes = new MessageFlagChanges(request.Seen, request.Flagged, request.Draft, request.Deleted);
        return Answer(audit, await bulk.UpdateAsync(found, ids, changes, cancellationToken));
    }

    private static async Task<Results<Ok<BulkChangeResponse>, ValidationProblem, ProblemHttpResult>> MoveAsync(
        ObjectId user,
        ObjectId mailbox,
        MoveMessagesRequest request,
        MailboxStore mailboxes,
        BulkChanges bulk,
        AuditTrail audit,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var ids = BulkRules.Ids(request.Messages, options.Value, errors);
        var target = ObjectId.TryParse(request.Mailbox, out var id) ? await mailboxes.GetAsync(user, id, cancellationToken) : null;
        if (target is null)
        {
            errors.Add("mailbox", "This user has no such mailbox.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await mailboxes.GetAsync(user, mailbox, cancellationToken) is { } found
            ? Answer(audit, await bulk.MoveAsync(found, ids, target!, cancellationToken))
            : ApiProblem.NotFound("mailbox");
    }

    private static async Task<Results<Ok<BulkChangeResponse>, ValidationProblem, ProblemHttpResult>> DeleteAsync(
        ObjectId user,
        ObjectId mailbox,
        DeleteMessagesRequest request,
        MailboxStore mailboxes,
        BulkChanges bulk,
        AuditTrail audit,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var ids = BulkRules.Ids(request.Messages, options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await mailboxes.GetAsync(user, mailbox, cancellationToken) is { } found
            ? Answer(audit, await bulk.RemoveAsync(found, ids, cancellationToken))
            : ApiProblem.NotFound("mailbox");
    }

    private static Ok<BulkChangeResponse> Answer(AuditTrail audit, IReadOnlyList<BulkChange> changes)
    {
        audit.Before(changes.Select(change => change.Before).OfType<MessageSummary>().Select(MessagePlace.Of).ToList());
        audit.After(changes.Select(change => change.After).OfType<MessageSummary>().Select(MessagePlace.Of).ToList());
        return TypedResults.Ok(changes.ToResponse());
    }
}
