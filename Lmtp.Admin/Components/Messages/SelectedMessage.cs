namespace Lmtp.Admin.Components.Messages;

/// <summary>What is known of a message that was selected, on the screen or not.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Mailbox">The id of the mailbox that it is in.</param>
/// <param name="Subject">Its subject in few characters.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record SelectedMessage(string Id, string Mailbox, string Subject, long Size);
