// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/power/power_file.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace gacsong {

Status PowerFile::failed() const
{
    const std::string why = std::error_code(errno, std::generic_category()).message();
    return failure("output.write", {{"file", path_}, {"why", why}}, Fault::output);
}

Result<std::unique_ptr<PowerFile>> PowerFile::create(const std::string& path, bool force)
{
    std::error_code error;
    if (!force && std::filesystem::exists(path, error))
        return failure("output.exists", {{"file", path}}, Fault::usage);
    errno = 0;
    std::unique_ptr<PowerFile> file(new PowerFile(path));
    if (!file->out_)
        return tl::unexpected(file->failed().error());
    return file;
}

Status PowerFile::add(const PowerRow& row)
{
    errno = 0;
    out_ << power_line(row) << '\n';
    out_.flush();
    return out_ ? Status{} : failed();
}

Status PowerFile::finish()
{
    errno = 0;
    out_.close();
    if (!out_)
        return failed();
    std::error_code error;
    std::filesystem::rename(path_ + ".part", path_, error);
    return error ? Status(failure("output.write", {{"file", path_}, {"why", error.message()}}, Fault::output))
                 : Status{};
}

} // namespace gacsong
