namespace Lmtp.Server.Storage;

/// <summary>Whether the detail of an address chooses the mailbox: <c>lmtp.detailRouting</c> of the user's document.</summary>
public enum DetailRouting
{
    /// <summary>It does not.</summary>
    Off,

    /// <summary>It chooses among the mailboxes that are there (<c>existing</c>).</summary>
    Existing,

    /// <summary>A mailbox that is missing is made (<c>create</c>).</summary>
    Create,
}
