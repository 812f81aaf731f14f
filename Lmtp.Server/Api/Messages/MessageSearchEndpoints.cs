using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Searching;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Api.Messages;

/// <summary><c>/api/v1/users/{user}/messages/search</c>.</summary>
internal static class MessageSearchEndpoints
{
    public static void MapMessageSearch(this RouteGroupBuilder api) =>
        api.MapGet("/users/{user:oid}/messages/search", SearchAsync)
            .WithTags("Messages")
            .WithName("SearchMessages").WithSummary("Searches the messages of a user in all mailboxes or one, the last delivered first.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<PageResponse<MessageSummaryResponse>>, ValidationProblem, ProblemHttpResult>> SearchAsync(
        ObjectId user,
        [AsParameters] MessageQueryParameters parameters,
        [AsParameters] PageQuery page,
        UserStore users,
        MessageFinder finder,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = parameters.ToQuery(user, errors);
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await users.GetAsync(user, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        try
        {
            var found = await finder.FindAsync(query, page.Cursor, size, cancellationToken);
            return TypedResults.Ok(new PageResponse<MessageSummaryResponse>(
                [.. found.Items.Select(message => message.ToResponse())], found.NextCursor));
        }
        catch (MongoExecutionTimeoutException)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity,
                detail: "This search reads too many messages: name a mailbox, a time or a word.");
        }
    }
}
