using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Users;

/// <summary><c>/api/v1/users/{user}/quota</c>; the quota itself is set with the user.</summary>
internal static class QuotaEndpoints
{
    public static void MapQuota(this RouteGroupBuilder api)
    {
        var quota = api.MapGroup("/users/{user:oid}/quota").WithTags("Users")
            .ProducesProblem(StatusCodes.Status404NotFound);
        quota.MapGet("/", GetAsync)
            .WithName("GetQuota").WithSummary("Tells how much a user stores, and may store.");
        quota.MapPost("/recalculate", RecalculateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("RecalculateQuota").WithSummary("Adds up anew what a user stores.");
    }

    private static async Task<Results<Ok<QuotaResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, UserStore users, QuotaPolicy policy, CancellationToken cancellationToken) =>
        await users.GetAsync(user, cancellationToken) is { } found
            ? TypedResults.Ok(await ToResponseAsync(found, policy, cancellationToken))
            : ApiProblem.NotFound("user");

    private static async Task<Results<Ok<QuotaResponse>, ProblemHttpResult>> RecalculateAsync(
        ObjectId user, UserStore users, QuotaPolicy policy, StorageRecount recount, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is not { } found
            || await recount.RunAsync(user, cancellationToken) is not { } used)
        {
            return ApiProblem.NotFound("user");
        }

        audit.Before(await ToResponseAsync(found, policy, cancellationToken));
        return TypedResults.Ok(await ToResponseAsync(found with { StorageUsed = used }, policy, cancellationToken));
    }

    private static async Task<QuotaResponse> ToResponseAsync(MailUser user, QuotaPolicy policy, CancellationToken cancellationToken) =>
        new(user.StorageUsed, user.Quota, await policy.LimitOfAsync(user, cancellationToken));
}
