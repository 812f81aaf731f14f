using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests;

/// <summary>Whole messages in memory, which only tests want.</summary>
internal static class RawMessages
{
    public static async Task<byte[]?> GetRawAsync(
        this MessageStore messages, ObjectId user, ObjectId message, CancellationToken cancellationToken)
    {
        if (await messages.FindRawAsync(user, message, cancellationToken) is not { } raw)
        {
            return null;
        }

        var bytes = new MemoryStream();
        await raw.WriteToAsync(bytes, cancellationToken);
        Assert.Equal(raw.Length ?? bytes.Length, bytes.Length);
        return bytes.ToArray();
    }
}
