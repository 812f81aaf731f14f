namespace Lmtp.Server.Encryption;

/// <summary>A message cannot be encrypted with a key. The message says why in words for the log of deliveries.</summary>
internal sealed class MessageEncryptionException : Exception
{
    /// <summary>Makes the exception with a reason in plain words, without key material.</summary>
    public MessageEncryptionException(string reason)
        : base(reason)
    {
    }

    /// <summary>Makes the exception with a reason in plain words and what led to it.</summary>
    public MessageEncryptionException(string reason, Exception innerException)
        : base(reason, innerException)
    {
    }
}
