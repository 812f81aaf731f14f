using Lmtp.Contracts;
using Lmtp.Server.Filters;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Api.Users;

/// <summary>Turns what is stored into what is answered.</summary>
internal static class UserMapping
{
    private const int DefaultSpamLevel = 50;

    public static UserResponse ToResponse(this MailUser user, long effectiveQuota) => new()
    {
        Id = user.Id.ToString(),
        Username = user.Username,
        Name = user.Name,
        Address = user.Address,
        Language = user.Language,
        StorageUsed = user.StorageUsed,
        Quota = user.Quota,
        EffectiveQuota = effectiveQuota,
        SpamLevel = (int)(user.SpamLevel ?? DefaultSpamLevel),
        ReceivedMax = user.ReceivedMax,
        Forwards = user.Forwards,
        Retention = user.Retention,
        Tags = user.Tags,
        Targets = [.. user.Targets.Select(target => target.Value)],
        HasAutoreply = user.HasAutoreply,
        Disabled = user.IsDisabled,
        Created = user.Created,
    };

    public static AddressResponse ToResponse(this MailAddressEntry entry, MailUser owner) => new()
    {
        Id = entry.Id.ToString(),
        Address = entry.Address,
        Name = entry.Name,
        Main = entry.Address == owner.Address,
        Created = entry.Created,
    };

    public static UserChanges ToChanges(this UpdateUserRequest request) => new()
    {
        Name = request.Name,
        Password = request.Password,
        IsDisabled = request.Disabled,
        Quota = request.Quota,
        Retention = request.Retention,
        SpamLevel = request.SpamLevel,
        ReceivedMax = request.ReceivedMax,
        Forwards = request.Forwards,
        Language = request.Language,
        Tags = request.Tags,
        Targets = request.Targets is { } targets ? ToTargets(targets) : null,
    };

    public static IReadOnlyList<ForwardTarget> ToTargets(IReadOnlyList<string> targets) =>
        [.. targets.Select(ForwardTargetDocument.Parse).OfType<ForwardTarget>()];

    public static NewUser ToNewUser(this CreateUserRequest request) => new()
    {
        Username = request.Username,
        Password = request.Password,
        IsPasswordHashed = request.HashedPassword,
        Name = request.Name,
        Address = request.Address ?? (request.Username.Contains('@', StringComparison.Ordinal) ? request.Username : null),
        Language = request.Language,
        Quota = request.Quota,
        Retention = request.Retention,
        SpamLevel = request.SpamLevel ?? DefaultSpamLevel,
        ReceivedMax = request.ReceivedMax,
        Forwards = request.Forwards,
        Tags = request.Tags ?? [],
    };
}
