using Lmtp.Server.Mime;

namespace Lmtp.Server.Delivery;

/// <summary>
/// What the topmost Received header says about how the message came to the server before us. Specification section 5.6.
/// </summary>
/// <param name="From">The word after <c>from</c>, or null.</param>
/// <param name="With">The word after <c>with</c>, or null.</param>
/// <param name="Id">The word after <c>id</c>, or null.</param>
internal sealed record ReceivedTrace(string? From, string? With, string? Id)
{
    /// <summary>Reads the topmost header; where it has no id, the one below it, if there is one.</summary>
    public static ReceivedTrace Of(IndexedMessage message)
    {
        var received = message.Root.ParsedHeader.Texts("received");
        var first = received.Length > 0 ? Parse(received[0]) : new ReceivedTrace(null, null, null);
        return first.Id is null && received.Length > 1 ? Parse(received[1]) : first;
    }

    /// <summary>Finds the first of each word in one header.</summary>
    public static ReceivedTrace Parse(string received)
    {
        var words = received.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string? from = null, with = null, id = null;
        for (var i = 0; i + 1 < words.Length; i++)
        {
            var keyword = words[i].ToLowerInvariant();
            if (keyword is not ("from" or "by" or "with" or "id" or "for"))
            {
                continue;
            }

            var value = words[++i];
            switch (keyword)
            {
                case "from":
                    from ??= value;
                    break;
                case "with":
                    with ??= value;
                    break;
                case "id":
                    id ??= value;
                    break;
            }
        }

        return new ReceivedTrace(from, with, id);
    }
}
