using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.SimpleMailboxes;

/// <summary><c>/api/mailboxes</c>: users as scripts want them, each an address and a password.</summary>
internal static class SimpleMailboxEndpoints
{
    private const int MaxPasswordLength = 256;
    private const int MaxAddressLength = 320;

    public static void MapSimpleMailboxes(this RouteGroupBuilder group)
    {
        var mailboxes = group.MapGroup("/").WithTags("Simple mailboxes");
        mailboxes.MapPost("/", CreateAsync).RequireAuthorization(ApiScopes.Write).WithIdempotencyKey()
            .WithName("CreateSimpleMailbox").WithSummary("Makes a user whose login name is its address.");
        mailboxes.MapGet("/", ListAsync)
            .WithName("ListSimpleMailboxes").WithSummary("Lists users with their main addresses.");
        mailboxes.MapDelete("/{address}", DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteSimpleMailbox").WithSummary("Deletes the user of an address with all mail.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        mailboxes.MapPost("/{address}/change-password", ChangePasswordAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("ChangeSimplePassword").WithSummary("Changes the password of who knows the old one.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<SimpleMailboxResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        SimpleMailboxRequest request, UserStore users, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("username", request.Username, MaxAddressLength);
        CheckPassword(errors, "password", request.Password);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var user = new NewUser { Username = request.Username, Address = request.Username, Password = request.Password };
        var result = await users.CreateAsync(user, cancellationToken);
        return result.Status switch
        {
            CreateUserStatus.InvalidAddress => FieldErrors.One("username", "Not an e-mail address."),
            CreateUserStatus.Created when await users.GetAsync(result.Id, cancellationToken) is { } made =>
                TypedResults.Created($"/api/v1/users/{made.Id}", ToResponse(made)),
            _ => ApiProblem.Conflict("Somebody has this address already; dots and letter case do not make a difference."),
        };
    }

    private static Task<Results<Ok<PageResponse<SimpleMailboxResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] PageQuery page, UserStore users, IOptions<ApiOptions> options, CancellationToken cancellationToken) =>
        page.ToAnswerAsync(
            options.Value, new FieldErrors(), (cursor, size) => users.ListAsync(null, cursor, size, cancellationToken), ToResponse);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string address,
        AddressStore addresses,
        UserStore users,
        UserRemover remover,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (await OwnerAsync(addresses, address, cancellationToken) is not { } owner
            || await users.GetAsync(owner, cancellationToken) is not { } user)
        {
            return ApiProblem.NotFound("mailbox");
        }

        audit.Before(ToResponse(user));
        return await remover.RemoveAsync(user, onlyIfUnchanged: false, cancellationToken) ? TypedResults.NoContent() : ApiProblem.NotFound("mailbox");
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ChangePasswordAsync(
        string address, ChangePasswordRequest request, AddressStore addresses, UserStore users, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        CheckPassword(errors, "newPassword", request.NewPassword);
        errors.Text("oldPassword", request.OldPassword, MaxPasswordLength);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (await OwnerAsync(addresses, address, cancellationToken) is not { } owner)
        {
            return ApiProblem.NotFound("mailbox");
        }

        if (!await users.VerifyPasswordAsync(owner, request.OldPassword, cancellationToken))
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, detail: "The old password is not right.");
        }

        await users.UpdateAsync(owner, new UserChanges { Password = request.NewPassword }, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Only the very address counts here: a wildcard or an alias must not lead to a deletion.</summary>
    private static async Task<ObjectId?> OwnerAsync(AddressStore addresses, string address, CancellationToken cancellationToken)
    {
        if (address.Length > MaxAddressLength || address.AsSpan().ContainsAny('+', '*'))
        {
            return null;
        }

        var match = await addresses.ResolveAsync(address, cancellationToken);
        return match?.Kind == AddressMatchKind.Exact ? match.Entry.User : null;
    }

    private static void CheckPassword(FieldErrors errors, string field, string password)
    {
        errors.Text(field, password, MaxPasswordLength);
        if (password.Length == 0)
        {
            errors.Add(field, "May not be empty.");
        }
    }

    private static SimpleMailboxResponse ToResponse(MailUser user) =>
        new(user.Id.ToString(), user.Username, user.Address, user.IsDisabled);
}
