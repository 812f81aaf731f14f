using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>How much a user may store, and what is answered when that is used up.</summary>
internal sealed class QuotaPolicy(
    SettingsStore settings, IOptions<StorageOptions> storage, IOptionsMonitor<DeliveryOptions> options)
{
    private const string DefaultQuotaSetting = "const:max:storage";

    /// <summary>The user's limit in bytes.</summary>
    public async Task<long> LimitOfAsync(MailUser user, CancellationToken cancellationToken) =>
        user.Quota > 0
            ? user.Quota
            : await settings.GetCachedNumberAsync(DefaultQuotaSetting, storage.Value.DefaultQuota, cancellationToken);

    /// <summary>
    /// Whether a user may get a message of the announced size (0 when none was announced): null, or the refusal.
    /// </summary>
    public async Task<DeliveryStatus?> CheckAsync(MailUser user, long size, CancellationToken cancellationToken)
    {
        var limit = await LimitOfAsync(user, cancellationToken);
        return (user.StorageUsed > 0 && user.StorageUsed >= limit) || user.StorageUsed + size > limit
            ? FullStatus(size, limit)
            : null;
    }

    /// <summary>The quota as the delivery log shows it.</summary>
    public async Task<LimitReading> ReadAsync(MailUser user, long size, CancellationToken cancellationToken)
    {
        var limit = await LimitOfAsync(user, cancellationToken);
        var used = user.StorageUsed + size;
        return new LimitReading(LimitReading.Quota, used, limit, "By", used > limit || (size == 0 && used == limit));
    }

    /// <summary>A message larger than the whole quota never fits; another one may when the user has tidied up.</summary>
    public DeliveryStatus FullStatus(long size, long limit) => size > limit || options.CurrentValue.QuotaIsPermanent
        ? DeliveryStatus.MailboxFullPermanent
        : DeliveryStatus.MailboxFullTemporary;
}
