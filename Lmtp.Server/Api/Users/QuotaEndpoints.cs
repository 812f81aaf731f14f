using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Users;

/// <summary><c>/api/v1/users/{user}/quota</c>.</summary>
internal static class QuotaEndpoints
{
    public static void MapQuota(this RouteGroupBuilder api)
    {
        var quota = api.MapGroup("/users/{user:oid}/quota").WithTags("Users")
            .ProducesProblem(StatusCodes.Status404NotFound);
        quota.MapGet("/", GetAsync)
            .WithName("GetQuota").WithSummary("Tells how much a user stores, and may store, with an entity tag of the latter.");
        quota.MapPut("/", SetAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("SetQuota").WithSummary("Sets how much a user may store; If-Match names the quota that was seen.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        quota.MapPost("/recalculate", RecalculateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("RecalculateQuota").WithSummary("Adds up anew what a user stores, while mail flows.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<QuotaResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, UserStore users, QuotaPolicy policy, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("user");
        }

        response.Headers.ETag = Tag(found);
        return TypedResults.Ok(await ToResponseAsync(found, policy, cancellationToken));
    }

    private static async Task<Results<Ok<QuotaResponse>, ValidationProblem, ProblemHttpResult>> SetAsync(
        ObjectId user,
        SetQuotaRequest request,
        UserStore users,
        QuotaPolicy policy,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await users.GetAsync(user, cancellationToken);
        if (Precondition.Refuses(http.Request, "quota", found, Tag, out var refusal, isRequired: true))
        {
            return refusal;
        }

        if (await users.UpdateAsync(user, new UserChanges { Quota = request.Quota }, found, cancellationToken) is not { } changed)
        {
            return ApiProblem.PreconditionFailed("quota");
        }

        audit.Before(await ToResponseAsync(found, policy, cancellationToken));
        http.Response.Headers.ETag = Tag(changed);
        return TypedResults.Ok(await ToResponseAsync(changed, policy, cancellationToken));
    }

    private static async Task<Results<Ok<QuotaResponse>, ProblemHttpResult>> RecalculateAsync(
        ObjectId user, UserStore users, QuotaPolicy policy, QuotaRecalculation recalculation, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("user");
        }

        if (await recalculation.RunAsync(user, cancellationToken) is null)
        {
            return ApiProblem.Conflict("Mail of this user comes and goes all the time; nothing was changed. Try again later.");
        }

        audit.Before(await ToResponseAsync(found, policy, cancellationToken));
        return await users.GetAsync(user, cancellationToken) is { } counted
            ? TypedResults.Ok(await ToResponseAsync(counted, policy, cancellationToken))
            : ApiProblem.NotFound("user");
    }

    // What is stored changes with every message; what may be stored is what is set here.
    private static string Tag(MailUser user) => EntityTag.Of(FormattableString.Invariant($"{user.Id} {user.Quota}"));

    private static async Task<QuotaResponse> ToResponseAsync(MailUser user, QuotaPolicy policy, CancellationToken cancellationToken) =>
        new(user.StorageUsed, user.Quota, await policy.LimitOfAsync(user, cancellationToken));
}
