using System.Globalization;
using System.Security.Cryptography;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>
/// Makes ids like ZoneMTA's: hexadecimal digits of the millisecond and a number within it, and four that tell processes
/// apart.
/// </summary>
internal sealed class QueueIdGenerator(TimeProvider time)
{
    private const int PerMillisecond = 4096;

    private readonly string _suffix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2));
    private readonly Lock _lock = new();
    private long _last;

    public string Next()
    {
        lock (_lock)
        {
            // Never the same twice, even when the clock stands still or goes back.
            _last = Math.Max(_last + 1, time.GetUtcNow().ToUnixTimeMilliseconds() * PerMillisecond);
            return _last.ToString("x", CultureInfo.InvariantCulture) + _suffix;
        }
    }
}
