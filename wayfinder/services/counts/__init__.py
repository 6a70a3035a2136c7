"""How often something happened: counted in memory, written each minute, shown from ten up."""
