using System.Globalization;
using System.Text;
using Lmtp.Admin.Import;

namespace Lmtp.Tests.Unit.Admin.Import;

public sealed class ImportFileTests
{
    [Fact]
    public void Columns_are_found_by_name_whatever_their_order_case_and_signs()
    {
        var file = Read("E-Mail;Display Name;LOGIN;Quota;Tags;comment\na@example.test;Alice;alice;1.5 GiB;x|y;none\n");

        var user = Assert.Single(file.Rows).Request;
        Assert.Equal(
            ("alice", "a@example.test", "Alice", 3L << 29),
            (user.Username, user.Address, user.Name, user.Quota));
        Assert.Equal(["x", "y"], user.Tags!);
        Assert.Equal(["comment"], file.Columns.Unknown);
        Assert.Equal(ImportStatus.Unchecked, file.Rows[0].Status);
    }

    [Theory]
    [InlineData("5 GiB", 5L << 30)]
    [InlineData("5gb", 5L << 30)]
    [InlineData("100", 100)]
    [InlineData("0.5K", 512)]
    [InlineData("2 TiB", 2L << 40)]
    public void Quota_is_read_with_its_unit(string text, long expected) =>
        Assert.Equal(expected, Read($"username,quota\nalice,{text}").Rows[0].Request.Quota);

    [Theory]
    [InlineData("quota", "much")]
    [InlineData("quota", "-1")]
    [InlineData("quota", "99999999999 TiB")]
    [InlineData("spam level", "high")]
    [InlineData("forwards", "1.5")]
    [InlineData("username", "")]
    public void Field_that_cannot_be_read_makes_its_row_invalid_and_no_other(string column, string value)
    {
        var file = Read(column == "username" ? $"username,name\n{value},x\nbob,y" : $"username,{column}\nalice,{value}\nbob,1");

        Assert.Equal([ImportStatus.Invalid, ImportStatus.Unchecked], file.Rows.Select(row => row.Status));
        Assert.NotEmpty(file.Rows[0].Problem);
    }

    [Fact]
    public void Second_row_of_a_name_is_invalid_and_names_the_line_of_the_first()
    {
        var file = Read("username\na.b\nother\nA.B\nab@example.test\na.b@example.test");

        Assert.Equal(
            [ImportStatus.Unchecked, ImportStatus.Unchecked, ImportStatus.Invalid, ImportStatus.Unchecked, ImportStatus.Invalid],
            file.Rows.Select(row => row.Status));
        Assert.Contains(" 2", file.Rows[2].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("username\n")]
    [InlineData("name,address\nAlice,a@example.test")]
    [InlineData("username,login\na,b")]
    public void File_that_names_no_users_is_refused(string text) => Assert.Throws<ImportException>(() => Read(text));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Throws<ImportException>(() => ImportFile.Read([.. "username\nJ"u8, 0xF6, .. "rg"u8], new ImportOptions()));

    [Fact]
    public void Byte_order_mark_is_no_part_of_the_first_column()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. "username\nalice"u8];

        Assert.Equal("alice", ImportFile.Read(bytes, new ImportOptions()).Rows[0].Request.Username);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void As_many_rows_are_read_as_the_limit_says(int rows, bool isRead)
    {
        var text = "username\n" + string.Concat(Enumerable.Range(0, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"user{row}\n")));

        Assert.Equal(isRead, IsRead(text, new ImportOptions { MaxRows = 3 }));
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void As_many_bytes_are_read_as_the_limit_says(int bytes, bool isRead) =>
        Assert.Equal(isRead, IsRead("username\nalice".PadRight(bytes), new ImportOptions { MaxBytes = 1024 }));

    [Fact]
    public void Report_tells_no_password_and_holds_no_formula()
    {
        var file = Read("username,password,address\n\"=cmd()\",hunter2,a@example.test\n");
        file.Rows[0].Set(ImportStatus.Failed, "He said \"no\"");

        var report = ImportReport.Write(file.Rows);

        Assert.Equal("line,username,address,status,problem\r\n2,\"'=cmd()\",\"a@example.test\",Failed,\"He said \"\"no\"\"\"\r\n", report);
    }

    private static ImportFile Read(string text) => ImportFile.Read(Encoding.UTF8.GetBytes(text), new ImportOptions());

    private static bool IsRead(string text, ImportOptions options)
    {
        try
        {
            ImportFile.Read(Encoding.UTF8.GetBytes(text), options);
            return true;
        }
        catch (ImportException)
        {
            return false;
        }
    }
}
