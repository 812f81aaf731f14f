using Lmtp.Contracts;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Api.Users;

/// <summary>Turns what is stored into what is answered.</summary>
internal static class UserMapping
{
    private const int DefaultSpamLevel = 50;

    public static UserResponse ToResponse(this MailUser user, long defaultQuota) => new()
    {
        Id = user.Id.ToString(),
        Username = user.Username,
        Name = user.Name,
        Address = user.Address,
        Language = user.Language,
        StorageUsed = user.StorageUsed,
        Quota = user.Quota,
        EffectiveQuota = user.Quota > 0 ? user.Quota : defaultQuota,
        SpamLevel = (int)(user.SpamLevel ?? DefaultSpamLevel),
        ReceivedMax = user.ReceivedMax,
        Forwards = user.Forwards,
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
