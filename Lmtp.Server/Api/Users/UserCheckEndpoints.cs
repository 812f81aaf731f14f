using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Users;

/// <summary><c>/api/v1/users/check</c>: whether users could be made, without making them.</summary>
internal static class UserCheckEndpoints
{
    /// <summary>Users of one request.</summary>
    public const int MaxUsers = 500;

    public static void MapUserCheck(this RouteGroupBuilder api) =>
        api.MapPost("/users/check", CheckAsync).WithTags("Users").RequireAuthorization(ApiScopes.Write)
            .WithMetadata(new NotAudited())
            .WithName("CheckUsers").WithSummary("Says of each of several users whether it could be made, and makes none of them.");

    private static async Task<Results<Ok<IReadOnlyList<UserCheckResponse>>, ValidationProblem>> CheckAsync(
        CheckUsersRequest request, TakenNames taken, CancellationToken cancellationToken)
    {
        if (request.Users.Count is 0 or > MaxUsers || request.Users.Any(static user => user is null))
        {
            return FieldErrors.One("users", $"Between 1 and {MaxUsers} users.");
        }

        var users = await taken.UsersAsync(request.Users.Select(user => user.Username), cancellationToken);
        var addresses = await taken.AddressesAsync(
            request.Users.Select(static user => user.ToNewUser().Address).OfType<string>(), cancellationToken);
        return TypedResults.Ok<IReadOnlyList<UserCheckResponse>>([.. request.Users.Select(user => Check(user, users, addresses))]);
    }

    private static UserCheckResponse Check(
        CreateUserRequest request, IReadOnlyDictionary<string, MongoDB.Bson.ObjectId> users, IReadOnlySet<string> addresses)
    {
        var errors = UserRules.Check(request);
        if (request.ToNewUser().Address is { Length: > 0 } address)
        {
            if (!AddressStore.IsStorable(MailAddressNormalizer.WithoutTag(address), allowWildcard: false))
            {
                errors.Add("address", UserRules.NoMainAddress);
            }
            else if (addresses.Contains(MailAddressNormalizer.ForLookup(address)))
            {
                errors.Add("address", "Somebody has this address already; dots and letter case do not make a difference.");
            }
        }

        return new UserCheckResponse
        {
            Errors = errors.ToDictionary(),
            Existing = users.TryGetValue(MailAddressNormalizer.ToView(request.Username), out var id) ? id.ToString() : null,
        };
    }
}
