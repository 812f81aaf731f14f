namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>How faithful restored bytes are.</summary>
public enum RestoredFidelity
{
    /// <summary>Exactly what was received, checked by SHA-256.</summary>
    Exact,

    /// <summary>What the tree gives back; the message was not stored by this server, so that more is not known.</summary>
    Rebuilt,

    /// <summary>
    /// The check failed: an attachment is missing or the document was changed. Not all bytes have been written.
    /// </summary>
    Damaged,
}
