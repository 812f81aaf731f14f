using System.Text;
using Lmtp.Server.Delivery.Spool;
using Lmtp.Server.Encryption;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Encrypting;

/// <summary>
/// Encrypts a recipient's copy of a message. Encrypted copies share the memory of messages in reception but never wait for
/// it, because the message they are made of holds some of it; as many are made at once as there are processors.
/// </summary>
internal sealed class CopyEncryption(
    MessageEncryptor encryptor, SpoolMemoryBudget budget, SpoolDirectory directory, IOptions<DeliveryOptions> options) : IDisposable
{
    private readonly MessageIndexerOptions _limits = MessageIndexerOptions.ForNesting(options.Value.MaxMimeDepth);
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    /// <summary>The key of a user; null where there is none.</summary>
    public static EncryptionKey? KeyOf(MailUser user) =>
        EncryptionKey.Of(user.SmimeCerts, user.SmimeCipher, user.SmimeKeyTransport, user.PubKey);

    /// <summary>Whether the message came encrypted: its first Content-Type tells, as in WildDuck, where other things go by the last.</summary>
    public static bool IsEncrypted(IndexedMessage message)
    {
        var header = message.Root.Header;
        for (var index = 0; index < header.Count; index++)
        {
            if (header[index].HasName("content-type"))
            {
                return MessageEncryptor.IsEncrypted(Encoding.Latin1.GetString(header[index].Value));
            }
        }

        return false;
    }

    /// <summary>Encrypts the copy of a recipient. The same copy, key and seed give the same bytes.</summary>
    /// <exception cref="MessageEncryptionException">The key cannot be used, or nothing that can be stored came of it.</exception>
    public async Task<EncryptedCopy> EncryptAsync(
        MessageContext message, RecipientContext recipient, EncryptionKey key, byte[] seed, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await EncryptOneAsync(message, recipient, key, seed, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<EncryptedCopy> EncryptOneAsync(
        MessageContext message, RecipientContext recipient, EncryptionKey key, byte[] seed, CancellationToken cancellationToken)
    {
        var spool = new MessageSpool(budget, directory, options.Value.SpoolMemoryPerMessage) { Waits = false };
        var indexer = new MessageIndexer(_limits);
        IndexedMessage? encrypted = null;
        try
        {
            await using var plain = await PlainMessageStream.OpenAsync(recipient.Copy, cancellationToken);
            await using var output = new SpooledMessageStream(spool, indexer);
            await encryptor.EncryptAsync(plain, key, seed, output, cancellationToken);
            encrypted = await indexer.CompleteAsync(spool, cancellationToken);
            if (encrypted.Fault != MessageFault.None)
            {
                throw new MessageEncryptionException("The encrypted message would be too large to be stored.");
            }

            // Adding fields, be it none, reads all of the header anew, as WildDuck does with a message that it has encrypted.
            var copy = MessageCopy.Create(encrypted, recipient.Recipient.Address, message.Sender, isFirst: true)
                .WithFields([.. recipient.AddedFields]);
            return new EncryptedCopy(spool, indexer, encrypted, copy)
            {
                Kind = NameOf(key.Kind),
                Seed = seed,
            };
        }
        catch
        {
            encrypted?.Dispose();
            indexer.Dispose();
            await spool.DisposeAsync();
            throw;
        }
    }

    private static string NameOf(EncryptionKind kind) => kind == EncryptionKind.Smime ? "smime" : "openpgp";
}
