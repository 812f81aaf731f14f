using System.Globalization;

namespace Lmtp.Tests.Processes;

/// <summary>The memory of a process that is really in use, in bytes, as /proc shows it.</summary>
internal static class ResidentMemory
{
    /// <summary>What it is now.</summary>
    public static long Now(int process) => Read(process, "VmRSS:");

    /// <summary>The most that it ever was.</summary>
    public static long Peak(int process) => Read(process, "VmHWM:");

    private static long Read(int process, string name)
    {
        var path = $"/proc/{process}/status";
        Assert.SkipUnless(File.Exists(path), "This test reads memory from /proc.");
        var line = File.ReadLines(path).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
