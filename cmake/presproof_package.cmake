# What is installed, and the Debian package (cmake --workflow --preset release).

include(GNUInstallDirs)
find_program(GZIP_PROGRAM gzip)

# Debian wants man pages and the changelog gzipped.
function(install_gzipped source destination name)
  set(target "${CMAKE_CURRENT_BINARY_DIR}/install/${name}.gz")
  add_custom_command(OUTPUT "${target}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${CMAKE_CURRENT_BINARY_DIR}/install"
    COMMAND ${GZIP_PROGRAM} -9 -n -c "${source}" > "${target}"
    DEPENDS "${source}" VERBATIM)
  set_property(GLOBAL APPEND PROPERTY presproof_gzipped "${target}")
  install(FILES "${target}" DESTINATION "${destination}")
endfunction()

file(GLOB man_pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/man/*.[15]")
foreach(page IN LISTS man_pages)
  cmake_path(GET page FILENAME name)
  string(REGEX REPLACE ".*\\." "" section "${name}")
  install_gzipped("${page}" "${CMAKE_INSTALL_MANDIR}/man${section}" "${name}")
endforeach()
install_gzipped("${PROJECT_SOURCE_DIR}/CHANGELOG.md" "${CMAKE_INSTALL_DOCDIR}" changelog)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)
get_property(gzipped GLOBAL PROPERTY presproof_gzipped)
add_custom_target(install_files ALL DEPENDS ${gzipped})

# Completions, where Debian's shells look for them.
function(install_completion shell folder name)
  set(script "${CMAKE_CURRENT_BINARY_DIR}/install/${shell}/${name}")
  add_custom_command(OUTPUT "${script}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${CMAKE_CURRENT_BINARY_DIR}/install/${shell}"
    COMMAND presproof completion ${shell} > "${script}"
    DEPENDS presproof VERBATIM)
  set_property(GLOBAL APPEND PROPERTY presproof_completions "${script}")
  install(FILES "${script}" DESTINATION "${CMAKE_INSTALL_DATADIR}/${folder}")
endfunction()
install_completion(bash bash-completion/completions presproof)
install_completion(zsh zsh/vendor-completions _presproof)
install_completion(fish fish/vendor_completions.d presproof.fish)
get_property(completions GLOBAL PROPERTY presproof_completions)
add_custom_target(completions ALL DEPENDS ${completions})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME presproof)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "The presproof authors <presproof@users.noreply.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "verifier for presence and location privacy rules")
set(CPACK_PACKAGE_DESCRIPTION
  "presproof reads presence and geolocation rule sets (RFC 4745, RFC 5025, RFC 6772), finds mistakes in them, shows what a
watcher would get from a presence document, and proves with an SMT solver what no watcher can ever get.")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
