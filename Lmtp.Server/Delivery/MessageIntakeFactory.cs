using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Delivery.Spool;
using Lmtp.Server.Mime;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>Opens intakes.</summary>
internal sealed class MessageIntakeFactory(
    SpoolMemoryBudget budget,
    SpoolDirectory directory,
    MessageDelivery delivery,
    DeliveryRecords records,
    DeliveryLogWriter log,
    IOptions<DeliveryOptions> options,
    ILogger<MessageIntake> logger)
{
    private readonly MessageIndexerOptions _limits = MessageIndexerOptions.ForNesting(options.Value.MaxMimeDepth);

    public MessageIntake Open(MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients) => new(
        new MessageSpool(budget, directory, options.Value.SpoolMemoryPerMessage),
        new MessageIndexer(_limits),
        delivery,
        records,
        log,
        transaction,
        recipients,
        logger);
}
