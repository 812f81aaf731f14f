using System.ComponentModel;
using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
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
            .WithIdempotencyKey();
        users.MapGet(One, GetAsync)
            .WithName("GetUser").WithSummary("Reads a user, with an entity tag.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapPatch(One, UpdateAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("UpdateUser").WithSummary("Changes a user; with If-Match, only if nobody else has in the meantime.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        users.MapDelete(One, DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteUser").WithSummary("Deletes a user with its addresses and mail; with If-Match, only if nobody else has changed it.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<PageResponse<UserResponse>>, ValidationProblem>> ListAsync(
        [Description("Only user names that begin so, dots and letter case left out of the comparison.")] string? search,
        [Description("Only users with an address that contains this; listed by that address, and a page may have fewer than asked for.")]
        string? contains,
        [AsParameters] PageQuery page,
        UserStore users,
        UserSearch addresses,
        IOptions<ApiOptions> options,
        QuotaPolicy quota,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("search", search, maxLength: 128);
        errors.Text("contains", contains, maxLength: 128);
        if (!string.IsNullOrEmpty(search) && !string.IsNullOrEmpty(contains))
        {
            errors.Add("contains", "cannot be combined with search.");
        }

        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = string.IsNullOrEmpty(contains)
            ? await users.ListAsync(search, page.Cursor, size, cancellationToken)
            : await addresses.FindAsync(contains, page.Cursor, size, cancellationToken);
        List<UserResponse> items = [];
        foreach (var user in found.Items)
        {
            items.Add(await ToResponseAsync(user, quota, cancellationToken));
        }

        return TypedResults.Ok(new PageResponse<UserResponse>(items, found.NextCursor));
    }

    private static async Task<Results<Created<UserResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateUserRequest request, UserStore users, QuotaPolicy quota, HttpResponse response, CancellationToken cancellationToken)
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
                return FieldErrors.One("address", UserRules.NoMainAddress);
            case CreateUserStatus.UsernameTaken:
                return ApiProblem.Conflict("Somebody has this user name already; dots and letter case do not make a difference.");
            case CreateUserStatus.AddressTaken:
                return ApiProblem.Conflict("Somebody has this address already; dots and letter case do not make a difference.");
        }

        if (await users.GetAsync(result.Id, cancellationToken) is not { } user)
        {
            return ApiProblem.Conflict("The user was deleted by somebody else at once.");
        }

        response.Headers.ETag = Tag(user);
        return TypedResults.Created($"/api/v1/users/{user.Id}", await ToResponseAsync(user, quota, cancellationToken));
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> GetAsync(
        ObjectId user, UserStore users, QuotaPolicy quota, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await users.GetAsync(user, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("user");
        }

        response.Headers.ETag = Tag(found);
        return TypedResults.Ok(await ToResponseAsync(found, quota, cancellationToken));
    }

    private static async Task<Results<Ok<UserResponse>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        ObjectId user,
        UpdateUserRequest request,
        UserStore users,
        QuotaPolicy quota,
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
        if (Precondition.Refuses(http.Request, "user", found, Tag, out var refusal))
        {
            return refusal;
        }

        var expected = EntityTag.IsConditional(http.Request) ? found : null;
        var changed = await users.UpdateAsync(user, request.ToChanges(), expected, cancellationToken);
        if (changed is null)
        {
            return ApiProblem.Lost(http.Request, "user");
        }

        audit.Before(await ToResponseAsync(found, quota, cancellationToken));
        http.Response.Headers.ETag = Tag(changed);
        return TypedResults.Ok(await ToResponseAsync(changed, quota, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        ObjectId user,
        UserStore users,
        UserRemover remover,
        QuotaPolicy quota,
        AuditTrail audit,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        var found = await users.GetAsync(user, cancellationToken);
        if (Precondition.Refuses(request, "user", found, Tag, out var refusal))
        {
            return refusal;
        }

        audit.Before(await ToResponseAsync(found, quota, cancellationToken));
        return await remover.RemoveAsync(found, EntityTag.IsConditional(request), cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.Lost(request, "user");
    }

    private static string Tag(MailUser user) => EntityTag.Of(UserRevision.Of(user));

    private static async Task<UserResponse> ToResponseAsync(MailUser user, QuotaPolicy quota, CancellationToken cancellationToken) =>
        user.ToResponse(await quota.LimitOfAsync(user, cancellationToken));
}
