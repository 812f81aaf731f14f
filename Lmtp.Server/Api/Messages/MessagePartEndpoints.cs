using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary><c>/api/v1/users/{user}/messages/{message}/parts/{part}</c>.</summary>
internal static class MessagePartEndpoints
{
    /// <summary>What a browser that shows it all the same may do with it: nothing.</summary>
    private const string Policy = "default-src 'none'; sandbox";

    public static void MapMessageParts(this RouteGroupBuilder api) =>
        api.MapGet("/users/{user:oid}/messages/{message:oid}/parts/{part}", GetAsync)
            .WithTags("Messages")
            .WithName("GetMessagePart").WithSummary("Reads an attachment, decoded, as a file to be saved.")
            .Produces<Stream>(StatusCodes.Status200OK, PartMediaType.Unknown)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The bytes of an attachment never change, so that its message's id and its name are the entity tag.</summary>
    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetAsync(
        ObjectId user, ObjectId message, string part, MessagePartStore parts, HttpContext context, CancellationToken cancellationToken)
    {
        if (await parts.FindAsync(user, message, part, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("attachment");
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(PartFileName.Of(found.Description));
        headers.ContentDisposition = disposition.ToString();
        return TypedResults.Stream(
            body =>
            {
                // An attachment that turns out damaged breaks off before this length.
                context.Response.ContentLength = found.Length;
                return found.WriteToAsync(body, cancellationToken);
            },
            PartMediaType.Of(found.Description.ContentType),
            entityTag: new EntityTagHeaderValue($"\"{message}-{found.Description.Id}\""));
    }
}
