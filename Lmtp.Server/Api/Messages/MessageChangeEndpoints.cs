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
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        messages.MapPatch("/", UpdateAsync)
            .WithName("UpdateMessage").WithSummary("Sets flags of a message, or takes them away.")
            .ProducesValidationProblem();
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
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var condition = await MessageCondition.ReadAsync(http.Request, messages, user, message, cancellationToken);
        if (condition.Refusal is { } refusal)
        {
            return refusal;
        }

        audit.Before(MessagePlace.Of(condition.Found!));
        var changed = await writer.UpdateAsync(user, message, request.ToChanges(), condition.Modseq, cancellationToken);
        return changed is null ? await condition.RefuseAsync(cancellationToken) : Answer(http, audit, changed);
    }

    private static async Task<Results<Ok<MessageSummaryResponse>, ValidationProblem, ProblemHttpResult>> MoveAsync(
        ObjectId user,
        ObjectId message,
        MoveMessageRequest request,
        MessageStore messages,
        MailboxStore mailboxes,
        MessageMover mover,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (!ObjectId.TryParse(request.Mailbox, out var id) || await mailboxes.GetAsync(user, id, cancellationToken) is not { } target)
        {
            return FieldErrors.One("mailbox", "This user has no such mailbox.");
        }

        var condition = await MessageCondition.ReadAsync(http.Request, messages, user, message, cancellationToken);
        if (condition.Refusal is { } refusal)
        {
            return refusal;
        }

        audit.Before(MessagePlace.Of(condition.Found!));
        var moved = await mover.MoveAsync(user, message, target, condition.Modseq, cancellationToken);
        return moved is null ? await condition.RefuseAsync(cancellationToken) : Answer(http, audit, moved);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user,
        ObjectId message,
        MessageStore messages,
        MessageRemover remover,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var condition = await MessageCondition.ReadAsync(http.Request, messages, user, message, cancellationToken);
        if (condition.Refusal is { } refusal)
        {
            return refusal;
        }

        if (await remover.RemoveAsync(user, message, condition.Modseq, cancellationToken) is not { } removed)
        {
            return await condition.RefuseAsync(cancellationToken);
        }

        audit.Before(MessagePlace.Of(removed));
        return TypedResults.NoContent();
    }

    private static Ok<MessageSummaryResponse> Answer(HttpContext http, AuditTrail audit, MessageSummary message)
    {
        audit.After(MessagePlace.Of(message));
        http.Response.Headers.ETag = MessageCondition.TagOf(message);
        return TypedResults.Ok(message.ToResponse());
    }
}
