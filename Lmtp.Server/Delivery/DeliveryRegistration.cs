using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Delivery.Encrypting;
using Lmtp.Server.Delivery.Explain;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Delivery.Spool;
using Lmtp.Server.Delivery.Stages;
using Lmtp.Server.Delivery.Statistics;
using Lmtp.Server.Encryption;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.MessageDocuments;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>Registers what becomes of mail between reception and storage.</summary>
public static class DeliveryRegistration
{
    /// <summary>Adds the delivery agent over the stores that are registered already.</summary>
    public static WebApplicationBuilder AddDelivery(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddSettings<DeliveryOptions>(DeliveryOptions.Section);
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>();

        services.AddSingleton<SpoolMemoryBudget>();
        services.AddSingleton<SpoolDirectory>();
        services.AddHostedService<SpoolCleanup>();

        services.AddSingleton<AddressCache>();
        services.AddSingleton<DomainCheck>();
        services.AddSingleton<QuotaPolicy>();
        services.AddSingleton(provider => new Lazy<IDeliveryAgent>(provider.GetRequiredService<IDeliveryAgent>));
        services.AddSingleton<QuotaWarnings>();
        services.AddHostedService(provider => provider.GetRequiredService<QuotaWarnings>());
        services.AddRateLimits();
        services.AddSingleton<RecipientResolver>();

        services.AddSingleton<SpamSignals>();
        services.AddSingleton<MailboxFinder>();

        // The stages of a delivery, in their order.
        services.AddSingleton<IDeliveryStage, RecheckStage>();
        services.AddSingleton<IDeliveryStage, RateLimitStage>();
        services.AddSingleton<IDeliveryStage, OriginalRecipientStage>();
        services.AddSingleton<IDeliveryStage, FilterStage>();
        services.AddSingleton<IDeliveryStage, DetailStage>();
        services.AddSingleton<IDeliveryStage, MailboxStage>();
        services.AddSingleton<IDeliveryStage, DuplicateStage>();
        services.AddSingleton<IDeliveryStage, KeywordStage>();

        services.AddDeliveryRecords();
        services.AddDeliveryStatistics();
        services.AddOutgoing();
        services.AddSingleton<MessageEncryptor>();
        services.AddSingleton<CopyEncryption>();
        services.AddSingleton<EncryptionPlanner>();

        services.AddSingleton<MessageExplanation>();
        services.AddSingleton<FilterTrial>();

        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<DeliveryGate>();
        services.AddSingleton<ClaimRecovery>();
        services.AddSingleton<ClaimTakeover>();
        services.AddSingleton<ClaimConfirmations>();
        services.AddHostedService(provider => provider.GetRequiredService<ClaimConfirmations>());
        services.AddSingleton<TransactionClaims>();
        services.AddSingleton<SharedClaims>();
        services.AddSingleton<ClaimSweeper>();
        services.AddSingleton<IAbandonedDeliveries>(provider => provider.GetRequiredService<ClaimSweeper>());
        services.AddHostedService(provider => provider.GetRequiredService<ClaimSweeper>());

        services.AddSingleton<DeliveryPlanner>();
        services.AddSingleton(new MessageDocumentBuilder());
        services.AddSingleton<MessageComposer>();
        services.AddSingleton<MessageStorer>();
        services.AddSingleton<UserDeliveries>();
        services.AddSingleton<DeliveryReport>();
        services.AddSingleton<MessageDelivery>();
        services.AddSingleton<MessageIntakeFactory>();
        services.AddSingleton<IDeliveryAgent, DeliveryAgent>();

        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section);
        services.AddHostedService<DemoUsers>();
        return builder;
    }
}
