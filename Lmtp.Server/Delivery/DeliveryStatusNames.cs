using System.Collections.Frozen;
using System.Text.Json;

namespace Lmtp.Server.Delivery;

/// <summary>The names of <see cref="DeliveryStatus"/> in snake case, as the delivery log and its searches have them.</summary>
internal static class DeliveryStatusNames
{
    private static readonly FrozenDictionary<DeliveryStatus, string> Names = Enum.GetValues<DeliveryStatus>()
        .ToFrozenDictionary(status => status, status => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()));

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Names.Values;

    /// <summary>The one of this name.</summary>
    public static DeliveryStatus Parse(string name) => Names.First(pair => pair.Value == name).Key;

    /// <summary>The name of one.</summary>
    public static string Of(DeliveryStatus status) => Names[status];
}
