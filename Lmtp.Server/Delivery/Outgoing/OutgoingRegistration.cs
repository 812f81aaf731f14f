using Lmtp.Server.Delivery.Autoreplies;
using Lmtp.Server.Delivery.Forwarding;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>Registers forwarding and autoreplies.</summary>
internal static class OutgoingRegistration
{
    public static void AddOutgoing(this IServiceCollection services)
    {
        services.AddSingleton<LoopGuard>();
        services.AddSingleton<LocalTargets>();
        services.AddSingleton<ForwardPlanner>();
        services.AddSingleton<ForwardComposer>();
        services.AddSingleton<AutoreplyPlanner>();
        services.AddSingleton<OutgoingPlanner>();
        services.AddSingleton<OutgoingLimits>();
        services.AddSingleton<OutgoingDelivery>();
    }
}
