using Lmtp.Contracts;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary><c>/api/v1/users/{user}/mailboxes</c>.</summary>
internal static class MailboxEndpoints
{
    public const string What = "mailbox";

    public static void MapMailboxes(this RouteGroupBuilder api)
    {
        var mailboxes = api.MapGroup("/users/{user:oid}/mailboxes").WithTags("Mailboxes")
            .ProducesProblem(StatusCodes.Status404NotFound);
        mailboxes.MapGet("/", ListAsync)
            .WithName("ListMailboxes").WithSummary("Lists the mailboxes of a user by path.");
        mailboxes.MapGet("/{mailbox:oid}", GetAsync)
            .WithName("GetMailbox").WithSummary("Reads a mailbox and adds up the bytes in it, with an entity tag.");
        mailboxes.MapGet("/{mailbox:oid}/messages", ListMessagesAsync)
            .WithName("ListMessages").WithSummary("Lists the messages of a mailbox, newest first.");
    }

    /// <summary>The entity tag of a mailbox, which deliveries do not change.</summary>
    public static string Tag(Mailbox mailbox) => EntityTag.Of(Mailbox.Revision.Of(mailbox.Document));

    private static async Task<Results<Ok<MailboxResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, ObjectId mailbox, MailboxStore mailboxes, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await mailboxes.GetSummaryAsync(user, mailbox, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound(What);
        }

        response.Headers.ETag = Tag(found.Mailbox);
        var size = await mailboxes.SumAsync(mailbox, cancellationToken);
        return TypedResults.Ok(found.ToResponse() with { Size = size });
    }

    private static async Task<Results<Ok<IReadOnlyList<MailboxResponse>>, ProblemHttpResult>> ListAsync(
        ObjectId user, UserStore users, MailboxStore mailboxes, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        var found = await mailboxes.ListAsync(user, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MailboxResponse>>([.. found.Select(summary => summary.ToResponse())]);
    }

    private static async Task<Results<Ok<PageResponse<MessageSummaryResponse>>, ValidationProblem, ProblemHttpResult>> ListMessagesAsync(
        ObjectId user,
        ObjectId mailbox,
        [AsParameters] PageQuery page,
        MailboxStore mailboxes,
        MessageStore messages,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await mailboxes.GetAsync(user, mailbox, cancellationToken) is null)
        {
            return ApiProblem.NotFound("mailbox");
        }

        var found = await messages.ListAsync(user, mailbox, page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<MessageSummaryResponse>(
            [.. found.Items.Select(message => message.ToResponse())], found.NextCursor));
    }
}
