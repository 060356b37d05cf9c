#ifndef USHER_CLIBEDIT_SHIM_H
#define USHER_CLIBEDIT_SHIM_H

#include <histedit.h>

#endif
