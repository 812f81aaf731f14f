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
        mailboxes.MapPost("/", CreateAsync).WithIdempotencyKey()
            .WithName("CreateMailbox").WithSummary("Makes a mailbox.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        mailboxes.MapPatch(One, UpdateAsync)
            .WithName("UpdateMailbox")
            .WithSummary("Renames a mailbox, or changes its retention and subscription; with If-Match, only if nobody else has.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        mailboxes.MapDelete(One, DeleteAsync)
            .WithName("DeleteMailbox").WithSummary("Deletes a mailbox with its messages, and the filters that file into it.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Created<MailboxResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        ObjectId user,
        CreateMailboxRequest request,
        UserStore users,
        MailboxEditor editor,
        HttpContext http,
        CancellationToken cancellationToken)
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
        if (change.Mailbox is not { } made)
        {
            return Refusal(change.Status, http.Request);
        }

        http.Response.Headers.ETag = MailboxEndpoints.Tag(made);
        return TypedResults.Created($"/api/v1/users/{user}/mailboxes/{made.Id}", new MailboxSummary(made, 0, 0).ToResponse());
    }

    private static async Task<Results<Ok<MailboxResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        ObjectId mailbox,
        UpdateMailboxRequest request,
        MailboxStore mailboxes,
        MailboxEditor editor,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var errors = MailboxRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await mailboxes.GetSummaryAsync(user, mailbox, cancellationToken);
        if (Precondition.Refuses(http.Request, MailboxEndpoints.What, found, summary => MailboxEndpoints.Tag(summary.Mailbox), out var refusal))
        {
            return refusal;
        }

        var changes = new MailboxChanges(request.Path, request.Retention, request.Subscribed);
        var change = await editor.UpdateAsync(found.Mailbox, changes, EntityTag.IsConditional(http.Request), cancellationToken);
        if (change.Mailbox is not { } changed)
        {
            return Refusal(change.Status, http.Request);
        }

        audit.Before(found.ToResponse());
        http.Response.Headers.ETag = MailboxEndpoints.Tag(changed);
        return TypedResults.Ok(new MailboxSummary(changed, found.Total, found.Unseen).ToResponse());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user,
        ObjectId mailbox,
        MailboxStore mailboxes,
        MailboxEditor editor,
        AuditTrail audit,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        var found = await mailboxes.GetSummaryAsync(user, mailbox, cancellationToken);
        if (Precondition.Refuses(request, MailboxEndpoints.What, found, summary => MailboxEndpoints.Tag(summary.Mailbox), out var refusal))
        {
            return refusal;
        }

        audit.Before(found.ToResponse());
        var change = await editor.DeleteAsync(found.Mailbox, EntityTag.IsConditional(request), cancellationToken);
        return change.Status == MailboxChangeStatus.Done ? TypedResults.NoContent() : Refusal(change.Status, request);
    }

    private static ProblemHttpResult Refusal(MailboxChangeStatus status, HttpRequest request) => status switch
    {
        MailboxChangeStatus.PathTaken => ApiProblem.Conflict("Another mailbox of this user has this path."),
        MailboxChangeStatus.TooMany => ApiProblem.Conflict("This user has as many mailboxes as there may be."),
        MailboxChangeStatus.Forbidden => ApiProblem.Conflict("INBOX, mailboxes of special use and hidden ones cannot be changed so."),
        _ => ApiProblem.Lost(request, MailboxEndpoints.What),
    };
}
