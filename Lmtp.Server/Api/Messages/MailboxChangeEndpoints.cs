using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary>Changes of <c>/api/v1/users/{user}/mailboxes</c>.</summary>
internal static class MailboxChangeEndpoints
{
    private const string One = "/{mailbox:oid}";

    public static void MapMailboxChanges(this RouteGroupBuilder api)
    {
        var mailboxes = api.MapGroup("/users/{user:oid}/mailboxes").WithTags("Mailboxes").RequireAuthorization(ApiScopes.Write)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        mailboxes.MapPost("/", CreateAsync).AddEndpointFilter<IdempotencyFilter>()
            .WithName("CreateMailbox").WithSummary("Makes a mailbox.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        mailboxes.MapPatch(One, UpdateAsync)
            .WithName("UpdateMailbox").WithSummary("Renames a mailbox, or changes its retention and subscription.");
        mailboxes.MapDelete(One, DeleteAsync)
            .WithName("DeleteMailbox").WithSummary("Deletes a mailbox with its messages, and the filters that file into it.");
    }

    private static async Task<Results<Created<MailboxResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        ObjectId user, CreateMailboxRequest request, UserStore users, MailboxEditor editor, CancellationToken cancellationToken)
    {
        var errors = MailboxRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await users.GetAsync(user, cancellationToken) is not { } owner)
        {
            return ApiProblem.NotFound("user");
        }

        var change = await editor.CreateAsync(owner, request.Path, request.Retention, cancellationToken);
        return change.Mailbox is { } made
            ? TypedResults.Created($"/api/v1/users/{user}/mailboxes/{made.Id}", new MailboxSummary(made, 0, 0).ToResponse())
            : Refusal(change.Status);
    }

    private static async Task<Results<Ok<MailboxResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        ObjectId mailbox,
        UpdateMailboxRequest request,
        MailboxStore mailboxes,
        MailboxEditor editor,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var errors = MailboxRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await mailboxes.GetSummaryAsync(user, mailbox, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("mailbox");
        }

        audit.Before(found.ToResponse());
        var change = await editor.UpdateAsync(user, mailbox, request.Path, request.Retention, request.Subscribed, cancellationToken);
        return change.Mailbox is { } changed
            ? TypedResults.Ok(new MailboxSummary(changed, found.Total, found.Unseen).ToResponse())
            : Refusal(change.Status);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user, ObjectId mailbox, MailboxStore mailboxes, MailboxEditor editor, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await mailboxes.GetSummaryAsync(user, mailbox, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("mailbox");
        }

        audit.Before(found.ToResponse());
        var change = await editor.DeleteAsync(user, mailbox, cancellationToken);
        return change.Status == MailboxChangeStatus.Done ? TypedResults.NoContent() : Refusal(change.Status);
    }

    private static ProblemHttpResult Refusal(MailboxChangeStatus status) => status switch
    {
        MailboxChangeStatus.PathTaken => ApiProblem.Conflict("Another mailbox of this user has this path."),
        MailboxChangeStatus.TooMany => ApiProblem.Conflict("This user has as many mailboxes as there may be."),
        MailboxChangeStatus.Forbidden => ApiProblem.Conflict("INBOX, mailboxes of special use and hidden ones cannot be changed so."),
        _ => ApiProblem.NotFound("mailbox"),
    };
}
