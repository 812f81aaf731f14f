using System.Text;
using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>A message that <see cref="InMemoryDeliveryAgent"/> took.</summary>
internal sealed record StoredMessage(string Id, MailTransaction Transaction, ResolvedRecipient Recipient, byte[] Content)
{
    /// <summary>The bytes as one character each.</summary>
    public string Text => Encoding.Latin1.GetString(Content);
}
