using System.ComponentModel;
using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Users;

/// <summary><c>/api/v1/users</c>.</summary>
internal static class UserEndpoints
{
    private const string One = "/{user:oid}";

    public static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/", ListAsync)
            .WithName("ListUsers").WithSummary("Lists users by user name.");
        users.MapPost("/", CreateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("CreateUser").WithSummary("Makes a user with INBOX, Sent Mail, Trash, Drafts and Junk.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        users.MapGet(One, GetAsync)
            .WithName("GetUser").WithSummary("Reads a user.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapPatch(One, UpdateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("UpdateUser").WithSummary("Changes a user.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapDelete(One, DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteUser").WithSummary("Deletes a user with its addresses and mail.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<UserResponse>>, ValidationProblem>> ListAsync(
        [Description("Only user names that begin so, dots and letter case left out of the comparison.")] string? search,
        [AsParameters] PageQuery page,
        UserStore users,
        IOptions<ApiOptions> options,
        IOptions<StorageOptions> storage,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("search", search, maxLength: 128);
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await users.ListAsync(search, page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<UserResponse>(
            [.. found.Items.Select(user => user.ToResponse(storage.Value.DefaultQuota))], found.NextCursor));
    }

    private static async Task<Results<Created<UserResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateUserRequest request, UserStore users, IOptions<StorageOptions> storage, CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var result = await users.CreateAsync(request.ToNewUser(), cancellationToken);
        switch (result.Status)
        {
            case CreateUserStatus.InvalidAddress:
                return FieldErrors.One("address", "This cannot be a main address: it needs a local part and a domain, no tag and no wildcard.");
            case CreateUserStatus.UsernameTaken:
                return ApiProblem.Conflict("Somebody has this user name already; dots and letter case do not make a difference.");
            case CreateUserStatus.AddressTaken:
                return ApiProblem.Conflict("Somebody has this address already; dots and letter case do not make a difference.");
        }

        var user = await users.GetAsync(result.Id, cancellationToken);
        return user is null
            ? ApiProblem.Conflict("The user was deleted by somebody else at once.")
            : TypedResults.Created($"/api/v1/users/{user.Id}", user.ToResponse(storage.Value.DefaultQuota));
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, UserStore users, IOptions<StorageOptions> storage, CancellationToken cancellationToken) =>
        await users.GetAsync(user, cancellationToken) is { } found
            ? TypedResults.Ok(found.ToResponse(storage.Value.DefaultQuota))
            : ApiProblem.NotFound("user");

    private static async Task<Results<Ok<UserResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        UpdateUserRequest request,
        UserStore users,
        IOptions<StorageOptions> storage,
        CancellationToken cancellationToken)
    {
        var errors = UserRules.Check(request);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var changes = new UserChanges
        {
            Name = request.Name,
            Password = request.Password,
            IsDisabled = request.Disabled,
            Quota = request.Quota,
            Retention = request.Retention,
            SpamLevel = request.SpamLevel,
            ReceivedMax = request.ReceivedMax,
            Forwards = request.Forwards,
        };
        return await users.UpdateAsync(user, changes, cancellationToken) is { } changed
            ? TypedResults.Ok(changed.ToResponse(storage.Value.DefaultQuota))
            : ApiProblem.NotFound("user");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user, UserStore users, CancellationToken cancellationToken) =>
        await users.DeleteAsync(user, cancellationToken) ? TypedResults.NoContent() : ApiProblem.NotFound("user");
}
