using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary>Changes of <c>/api/v1/users/{user}/messages</c>.</summary>
internal static class MessageChangeEndpoints
{
    public static void MapMessageChanges(this RouteGroupBuilder api)
    {
        var messages = api.MapGroup("/users/{user:oid}/messages/{message:oid}").WithTags("Messages").RequireAuthorization(ApiScopes.Write)
            .ProducesProblem(StatusCodes.Status404NotFound);
        messages.MapPatch("/", UpdateAsync)
            .WithName("UpdateMessage").WithSummary("Sets flags of a message, or takes them away.");
        messages.MapPost("/move", MoveAsync)
            .WithName("MoveMessage").WithSummary("Moves a message to another mailbox, where it has a new id and UID.");
        messages.MapDelete("/", DeleteAsync)
            .WithName("DeleteMessage").WithSummary("Deletes a message; unless it is a draft, it stays in the archive for a while.");
    }

    private static async Task<Results<Ok<MessageSummaryResponse>, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        ObjectId message,
        UpdateMessageRequest request,
        MessageStore messages,
        MessageFlagWriter writer,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (await messages.GetSummaryAsync(user, message, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("message");
        }

        audit.Before(Place(found));
        var changes = new MessageFlagChanges(request.Seen, request.Flagged, request.Draft, request.Deleted);
        return await writer.UpdateAsync(user, message, changes, cancellationToken) is { } changed
            ? Answer(audit, changed)
            : ApiProblem.NotFound("message");
    }

    private static async Task<Results<Ok<MessageSummaryResponse>, ValidationProblem, ProblemHttpResult>> MoveAsync(
        ObjectId user,
        ObjectId message,
        MoveMessageRequest request,
        MessageStore messages,
        MailboxStore mailboxes,
        MessageMover mover,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (!ObjectId.TryParse(request.Mailbox, out var id) || await mailboxes.GetAsync(user, id, cancellationToken) is not { } target)
        {
            return FieldErrors.One("mailbox", "This user has no such mailbox.");
        }

        if (await messages.GetSummaryAsync(user, message, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("message");
        }

        audit.Before(Place(found));
        return await mover.MoveAsync(user, message, target, cancellationToken) is { } moved
            ? Answer(audit, moved)
            : ApiProblem.NotFound("message");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user, ObjectId message, MessageRemover remover, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await remover.RemoveAsync(user, message, cancellationToken) is not { } removed)
        {
            return ApiProblem.NotFound("message");
        }

        audit.Before(Place(removed));
        return TypedResults.NoContent();
    }

    private static Ok<MessageSummaryResponse> Answer(AuditTrail audit, MessageSummary message)
    {
        audit.After(Place(message));
        return TypedResults.Ok(message.ToResponse());
    }

    /// <summary>What the audit log keeps of a message: nothing of what it says.</summary>
    private static object Place(MessageSummary message) => new
    {
        Id = message.Id.ToString(),
        Mailbox = message.Mailbox.ToString(),
        message.Uid,
        message.Flags,
        message.MessageId,
    };
}
