namespace Lmtp.Server.Delivery.Records;

/// <summary>Registers the delivery log.</summary>
internal static class DeliveryRecordsRegistration
{
    public static void AddDeliveryRecords(this IServiceCollection services)
    {
        services.AddSettings<DeliveryLogOptions>(DeliveryLogOptions.Section);
        services.AddSingleton<DeliveryRecords>();
        services.AddSingleton<DeliveryFeed>();
        services.AddSingleton<DeliveryLogMetrics>();
        services.AddSingleton<DeliveryLogWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryLogWriter>());
    }
}
