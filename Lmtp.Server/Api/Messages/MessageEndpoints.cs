using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary><c>/api/v1/users/{user}/messages</c>.</summary>
internal static class MessageEndpoints
{
    private const string RawMediaType = "message/rfc822";

    public static void MapMessages(this RouteGroupBuilder api)
    {
        var messages = api.MapGroup("/users/{user:oid}/messages/{message:oid}").WithTags("Messages")
            .ProducesProblem(StatusCodes.Status404NotFound);
        messages.MapGet("/", GetAsync)
            .WithName("GetMessage").WithSummary("Reads a message with its text, header and list of attachments.");
        messages.MapGet("/raw", GetRawAsync)
            .WithName("GetRawMessage").WithSummary("Reads a message as it is kept, byte for byte.")
            .Produces<Stream>(StatusCodes.Status200OK, RawMediaType)
            .Produces(StatusCodes.Status304NotModified);
    }

    private static async Task<Results<Ok<MessageResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, ObjectId message, MessageStore messages, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await messages.GetAsync(user, message, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("message");
        }

        response.Headers.ETag = MessageCondition.TagOf(found);
        return TypedResults.Ok(found.ToFullResponse());
    }

    /// <summary>The bytes of a message never change, so that its id is the entity tag.</summary>
    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetRawAsync(
        ObjectId user, ObjectId message, MessageStore messages, HttpContext context, CancellationToken cancellationToken)
    {
        if (await messages.FindRawAsync(user, message, cancellationToken) is not { } raw)
        {
            return ApiProblem.NotFound("message");
        }

        return TypedResults.Stream(
            body =>
            {
                // A message that turns out damaged breaks off before this length.
                context.Response.ContentLength = raw.Length;
                return raw.WriteToAsync(body, cancellationToken);
            },
            RawMediaType,
            $"{message}.eml",
            entityTag: new EntityTagHeaderValue($"\"{message}\""));
    }
}
