using Lmtp.Server.Storage.Access;
using Lmtp.Server.Storage.Changes;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.MessageDocuments;
using Lmtp.Server.Storage.Outgoing;
using Lmtp.Server.Storage.Portal;
using Lmtp.Server.Storage.Quotas;
using Lmtp.Server.Storage.Searching;
using Lmtp.Server.Storage.Upkeep;

namespace Lmtp.Server.Storage;

/// <summary>Registers the storage of mail.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Adds the stores over the MongoDB client and, where there is one, the Redis client that are registered already.
    /// </summary>
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddSettings<StorageOptions>(StorageOptions.Section);
        services.AddSingleton(TimeProvider.System);

        services.AddSingleton<RedisConnection>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisConnection>());
        services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");

        services.AddSingleton<MailDatabase>();
        services.AddSingleton<AddressStore>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<TakenNames>();
        services.AddSingleton<UserSearch>();
        services.AddSingleton<MailboxStore>();
        services.AddSingleton<MessageStore>();
        services.AddSingleton<MessageFinder>();
        services.AddSingleton<MessagePartStore>();
        services.AddSingleton<SettingsStore>();
        services.AddSingleton<FilterStore>();
        services.AddSingleton<RateLimitOverrideStore>();
        services.AddSingleton<UsedStorage>();
        services.AddSingleton<QuotaRecalculation>();
        services.AddSingleton<QuotaRunStore>();
        services.AddSingleton<QuotaRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<QuotaRunner>());
        services.AddSingleton<PendingTokens>();
        services.AddSingleton<ClaimStore>();
        services.AddSingleton<CommittedMessages>();
        services.AddSingleton<JournalCompletion>();
        services.AddSingleton<ThreadStore>();
        services.AddSingleton<AddressRegister>();
        services.AddSingleton<AttachmentCounts>();
        services.AddSingleton<AttachmentWriter>();
        services.AddSingleton<IStoredAttachments, AttachmentReader>();
        services.AddSingleton<MessageRestorer>();
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<MailboxCounters>();
        services.AddSingleton<ChangeNotifier>();
        services.AddSingleton<DeliveryLogStore>();
        services.AddSingleton<QueueIdGenerator>();
        services.AddSingleton<IOutgoingQueue, ZoneMtaQueue>();
        services.AddSingleton<AutoreplyStore>();
        services.AddSingleton<DailyCounters>();
        services.AddSingleton<AnsweredSenders>();
        services.AddSingleton<RepliedSenders>();
        services.AddSingleton<MailboxAnnouncer>();
        services.AddSingleton<MailboxBatchWriter>();
        services.AddSingleton<MailboxLease>();
        services.AddSingleton<MailboxWriter>();
        services.AddSingleton<MailboxExpunger>();

        AddChanges(services);
        AddUpkeep(services);

        services.AddSingleton<PortalAccountStore>();
        services.AddSingleton<PortalLinkStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<IdempotencyStore>();

        services.AddSingleton<IndexBuilder>();
        services.AddHostedService(provider => provider.GetRequiredService<IndexBuilder>());
        return builder;
    }

    private static void AddChanges(IServiceCollection services)
    {
        services.AddSingleton<ChangeAnnouncer>();
        services.AddSingleton<MessageArchive>();
        services.AddSingleton<MessageFlagWriter>();
        services.AddSingleton<MessageFlagging>();
        services.AddSingleton<ChangeStore>();
        services.AddSingleton<MessageRemoval>();
        services.AddSingleton<MessageRelocation>();
        services.AddSingleton<ChangeRecovery>();
        services.AddSingleton<ChangeTurns>();
        services.AddSingleton<ChangeSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeSweeper>());
        services.AddSingleton<MessageMover>();
        services.AddSingleton<MessageRemover>();
        services.AddSingleton<BulkChanges>();
        services.AddSingleton<MailboxRemoval>();
        services.AddSingleton<MailboxEditor>();
        services.AddSingleton<UserRemoval>();
        services.AddSingleton<UserRemover>();
        services.AddSingleton<AutoreplyEditor>();
        services.AddSingleton<FilterEditor>();
        services.AddSingleton<ForwardedAddressStore>();
        services.AddSingleton<DomainAliasStore>();
    }

    private static void AddUpkeep(IServiceCollection services)
    {
        services.AddSingleton<UpkeepLease>();
        services.AddSingleton<UpkeepIntents>();
        services.AddSingleton<UpkeepMetrics>();
        services.AddSingleton<RemovalCounts>();

        // The tasks of upkeep, in their order: what one lets go of, a later one may remove.
        services.AddSingleton<IUpkeepTask, DeletedUsers>();
        services.AddSingleton<IUpkeepTask, ExpiredMessages>();
        services.AddSingleton<IUpkeepTask, ArchivedMessages>();
        services.AddSingleton<IUpkeepTask, UnusedAttachments>();
        services.AddSingleton<IUpkeepTask, ExpiredEntries>();
        services.AddSingleton<UpkeepService>();
        services.AddHostedService(provider => provider.GetRequiredService<UpkeepService>());
    }
}
