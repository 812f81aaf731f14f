using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Users;

/// <summary><c>/api/v1/users/{user}/autoreply</c>.</summary>
internal static class AutoreplyEndpoints
{
    private const int MaxNameLength = 128;
    private const int MaxSubjectLength = 256;
    private const int MaxTextLength = 128 * 1024;

    public static void MapAutoreply(this RouteGroupBuilder api)
    {
        var autoreply = api.MapGroup("/users/{user:oid}/autoreply").WithTags("Users")
            .ProducesProblem(StatusCodes.Status404NotFound);
        autoreply.MapGet("/", GetAsync)
            .WithName("GetAutoreply").WithSummary("Reads the automatic reply of a user, with an entity tag.");
        autoreply.MapPut("/", SetAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("SetAutoreply").WithSummary("Replaces the automatic reply of a user; If-Match names the one that was seen.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        autoreply.MapDelete("/", DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteAutoreply").WithSummary("Removes the automatic reply of a user.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<AutoreplyResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, AutoreplyEditor replies, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await replies.GetAsync(user, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("automatic reply");
        }

        response.Headers.ETag = Tag(found);
        return TypedResults.Ok(ToResponse(found));
    }

    private static async Task<Results<Ok<AutoreplyResponse>, ValidationProblem, ProblemHttpResult>> SetAsync(
        ObjectId user,
        SetAutoreplyRequest request,
        UserStore users,
        AutoreplyEditor replies,
        AuditTrail audit,
        HttpContext http,
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

        var found = await replies.GetAsync(user, cancellationToken);
        var isConditional = EntityTag.IsConditional(http.Request);
        if (found is not null && !isConditional)
        {
            return ApiProblem.PreconditionRequired("automatic reply");
        }

        // Whoever names a state has seen a reply: one that is gone is not made again.
        var reply = ToReply(request);
        if ((isConditional && (found is null || !EntityTag.IsMatch(http.Request, Tag(found))))
            || !await replies.SetAsync(user, reply, found, cancellationToken))
        {
            return ApiProblem.PreconditionFailed("automatic reply");
        }

        if (found is not null)
        {
            audit.Before(ToResponse(found));
        }

        http.Response.Headers.ETag = Tag(reply);
        return TypedResults.Ok(ToResponse(reply));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user, AutoreplyEditor replies, AuditTrail audit, HttpRequest request, CancellationToken cancellationToken)
    {
        var found = await replies.GetAsync(user, cancellationToken);
        if (Precondition.Refuses(request, "automatic reply", found, Tag, out var refusal))
        {
            return refusal;
        }

        audit.Before(ToResponse(found));
        return await replies.RemoveAsync(user, EntityTag.IsConditional(request) ? found : null, cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.Lost(request, "automatic reply");
    }

    private static FieldErrors Check(SetAutoreplyRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("name", request.Name, MaxNameLength);
        errors.Text("subject", request.Subject, MaxSubjectLength);
        errors.Length("text", request.Text, MaxTextLength);
        errors.Length("html", request.Html, MaxTextLength);
        if (request.End <= request.Start)
        {
            errors.Add("end", "Must be after the start.");
        }

        return errors;
    }

    private static string Tag(AutoreplyText reply) => EntityTag.Of(reply.ToBson().ToJson());

    /// <summary>The database keeps milliseconds.</summary>
    private static AutoreplyText ToReply(SetAutoreplyRequest request) => new()
    {
        IsEnabled = request.Enabled,
        Name = request.Name ?? string.Empty,
        Subject = request.Subject ?? string.Empty,
        Text = request.Text ?? string.Empty,
        Html = request.Html ?? string.Empty,
        Start = Milliseconds(request.Start),
        End = Milliseconds(request.End),
    };

    private static DateTimeOffset? Milliseconds(DateTimeOffset? time) =>
        time is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds()) : null;

    private static AutoreplyResponse ToResponse(AutoreplyText reply) => new()
    {
        Enabled = reply.IsEnabled,
        Name = reply.Name,
        Subject = reply.Subject,
        Text = reply.Text,
        Html = reply.Html,
        Start = reply.Start,
        End = reply.End,
    };
}
