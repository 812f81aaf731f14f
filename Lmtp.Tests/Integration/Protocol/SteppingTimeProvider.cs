using Microsoft.Extensions.DependencyInjection;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>The system's clock, but for time stamps: each is some seconds after the one before.</summary>
internal sealed class SteppingTimeProvider(int seconds) : TimeProvider
{
    private long _steps;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _steps) * seconds;
}

/// <summary>Registers <see cref="SteppingTimeProvider"/>.</summary>
internal static class SteppingTimeProviderExtensions
{
    public static void AddTime(this IServiceCollection services, int seconds) =>
        services.AddSingleton<TimeProvider>(new SteppingTimeProvider(seconds));
}
