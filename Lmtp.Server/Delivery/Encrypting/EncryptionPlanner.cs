using System.Security.Cryptography;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Encryption;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Encrypting;

/// <summary>
/// Plans what a delivery stores and sends, encrypted where the user or the mailbox asks for it and there is a key. What
/// cannot be encrypted is stored as it came, as in WildDuck; it is not forwarded. Changes nothing that counts.
/// </summary>
internal sealed partial class EncryptionPlanner(OutgoingPlanner outgoing, CopyEncryption encryption, ILogger<EncryptionPlanner> logger)
{
    private const string Draft = @"\Draft";
    private const string Stage = "encrypt";
    private const string EncryptedAlready = "it came encrypted";
    private const string NoKey = "the user has no key";

    /// <summary>Plans, and encrypts the recipient's copy if it takes that.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recipient">The recipient, as the stages have decided.</param>
    /// <param name="isEnded">Whether nothing is stored whatever comes of it.</param>
    /// <param name="seed">The seed of an attempt before this one; null takes a new one.</param>
    /// <param name="trace">Takes how long it took.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<OutgoingDraft> PlanAsync(
        MessageContext message,
        RecipientContext recipient,
        bool isEnded,
        byte[]? seed,
        DeliveryTrace trace,
        CancellationToken cancellationToken)
    {
        var draft = await outgoing.PlanAsync(message, recipient, cancellationToken);
        var isRedirected = !isEnded && recipient.Filters is { IsRedirected: true }
            && await outgoing.IsForwardableAsync(message, recipient, draft, cancellationToken);
        var isForwardEncrypted = recipient.User!.EncryptsForwards && draft.Plans.Any(IsSentForward);
        var isCopyEncrypted = !isEnded && !isRedirected && IsAskedFor(recipient);
        draft = draft with { IsRedirected = isRedirected };
        if ((!isForwardEncrypted && !isCopyEncrypted) || CopyEncryption.KeyOf(recipient.User) is not { } key)
        {
            recipient.Encryption = isCopyEncrypted ? new EncryptionReading(null, NoKey) : null;
            return draft;
        }

        if (CopyEncryption.IsEncrypted(message.Message))
        {
            recipient.Encryption = isCopyEncrypted ? new EncryptionReading(null, EncryptedAlready) : null;
            return draft;
        }

        try
        {
            using var stage = trace.Begin(Stage);
            recipient.Encrypted = await encryption.EncryptAsync(
                message, recipient, key, seed ?? RandomNumberGenerator.GetBytes(MessageEncryptor.SeedSize), cancellationToken);
        }
        catch (MessageEncryptionException exception)
        {
            LogNotEncrypted(recipient.MessageId.ToString(), recipient.User.Id.ToString(), exception.Message);
            return WithoutEncryption(recipient, draft, isForwardEncrypted, isCopyEncrypted, exception.Message);
        }

        recipient.Encryption = isCopyEncrypted ? new EncryptionReading(recipient.Encrypted.Kind, null) : null;
        return isForwardEncrypted ? WithForwards(draft, plan => plan with { Encryption = recipient.Encrypted.Kind }) : draft;
    }

    /// <summary>
    /// Makes the encrypted copy of a plan once more; false where it does not come out as planned, because the seed is gone or
    /// the key is another one by now.
    /// </summary>
    public async Task<bool> TryRepeatAsync(
        MessageContext message, RecipientContext recipient, DeliveryPlan plan, DeliveryTrace trace, CancellationToken cancellationToken)
    {
        if (!plan.HasEncryptedCopy)
        {
            return true;
        }

        if (plan.EncryptionSeed is not { } seed || recipient.User is not { } user || CopyEncryption.KeyOf(user) is not { } key)
        {
            return false;
        }

        try
        {
            using var stage = trace.Begin(Stage);
            recipient.Encrypted = await encryption.EncryptAsync(message, recipient, key, seed, cancellationToken);
        }
        catch (MessageEncryptionException exception)
        {
            LogNotEncrypted(plan.MessageId.ToString(), user.Id.ToString(), exception.Message);
            return false;
        }

        recipient.Encryption = plan.Encryption is { } kind ? new EncryptionReading(kind, null) : null;
        return plan.Encryption is null
            || (recipient.Encrypted.Copy.Size == plan.Size
                && AttachmentStore.UsesOf(recipient.Encrypted.Message).SequenceEqual(plan.Attachments));
    }

    private static bool IsAskedFor(RecipientContext recipient) =>
        (recipient.User!.EncryptsMessages || recipient.Mailbox!.EncryptsMessages) && !recipient.Flags.Contains(Draft);

    private static bool IsSentForward(OutgoingPlan plan) => plan is { Kind: OutgoingKind.Forward, Refusal: null };

    private static OutgoingDraft WithForwards(OutgoingDraft draft, Func<OutgoingPlan, OutgoingPlan> change) =>
        draft with { Plans = [.. draft.Plans.Select(plan => IsSentForward(plan) ? change(plan) : plan)] };

    // What was to be forwarded only is kept when it cannot be forwarded.
    private static OutgoingDraft WithoutEncryption(
        RecipientContext recipient, OutgoingDraft draft, bool isForwardEncrypted, bool isCopyEncrypted, string reason)
    {
        var isKept = isCopyEncrypted || (draft.IsRedirected && isForwardEncrypted && IsAskedFor(recipient));
        recipient.Encryption = isKept ? new EncryptionReading(null, reason) : null;
        return isForwardEncrypted
            ? WithForwards(draft, plan => plan with { Refusal = $"it could not be encrypted: {reason}" }) with { IsRedirected = false }
            : draft;
    }

    [LoggerMessage(1, LogLevel.Warning, "Message {MessageId} for user {User} could not be encrypted: {Reason}")]
    private partial void LogNotEncrypted(string messageId, string user, string reason);
}
