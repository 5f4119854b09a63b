"""Starting with the session: one small module for each system; `item.open_login_item` gives the right one."""
