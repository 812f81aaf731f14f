namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The writes of one delivery of a message with three attachments, one of which is there already, in their order: between
/// each and the next a process may die. A test holds the list to what really happens.
/// </summary>
internal static class DeliveryBoundaries
{
    public static readonly IReadOnlyList<string> Writes =
    [
        "findAndModify threads",
        "insert threads",
        "insert deliveries",
        "update attachments.files",
        "insert attachments.chunks",
        "insert attachments.chunks",
        "insert attachments.files",
        "update users",
        "findAndModify mailboxes",
        "insert messages",
        "insert journal",
        "update addressregister",
        "update deliveries",
    ];

    /// <summary>The same where the message is encrypted into one attachment of its own, of more chunks than are written at once.</summary>
    public static readonly IReadOnlyList<string> EncryptedWrites = [.. Writes.Where(write => write != "update attachments.files")];

    /// <summary>
    /// A fault at one of the writes, told by its name: a server that is a process of its own writes other things meanwhile,
    /// such as its delivery log.
    /// </summary>
    public static Fault FaultAt(int write, FaultMoment moment, Func<Task> strike) =>
        new(Writes.Take(write).Count(name => name == Writes[write]), moment, FaultExtent.OneConnection, strike) { Named = Writes[write] };

    /// <summary>The number and the name of each write.</summary>
    public static TheoryData<int, string> AllEncrypted => [.. EncryptedWrites.Select((name, index) => (index, name))];

    /// <summary>The number and the name of each write.</summary>
    public static TheoryData<int, string> All => [.. Writes.Select((name, index) => (index, name))];
}
