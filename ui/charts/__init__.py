"""Charts on screen: the painter of scenes and the widget that shows one."""
