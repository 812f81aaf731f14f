using Lmtp.Server.Storage.Statistics;

namespace Lmtp.Server.Delivery.Statistics;

/// <summary>Registers the counting of deliveries.</summary>
internal static class StatisticsRegistration
{
    public static void AddDeliveryStatistics(this IServiceCollection services)
    {
        services.AddSettings<StatisticsOptions>(StatisticsOptions.Section);
        services.AddSingleton<StatisticsStore>();
        services.AddSingleton<StorageCensus>();
        services.AddSingleton<QueueDepths>();
        services.AddSingleton<StatisticsCollector>();
        services.AddHostedService<StatisticsInstruments>();
        services.AddHostedService<StatisticsWriter>();
        services.AddHostedService<StorageCounting>();
    }
}
